//! Reading `Accept-Encoding` (RFC 9110, section 12.5.3).

/// Which of the two stored forms may be sent.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    pub br: bool,
    pub gzip: bool,
}

/// Reads the header's value. A coding with weight 0 is refused; a star stands for those not named. Above 0 the server
/// chooses, so weights are not compared.
pub fn accepted(value: &str) -> Accepted {
    let [mut br, mut gzip, mut star] = [None; 3];
    for item in value.split(',') {
        let mut parts = item.split(';').map(str::trim);
        let coding = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        let wanted = weight.is_none_or(|weight| weight.trim().parse::<f32>().is_ok_and(|weight| weight > 0.0));
        match coding.as_str() {
            "br" => br = Some(wanted),
            "gzip" | "x-gzip" => gzip = Some(wanted),
            "*" => star = Some(wanted),
            _ => {}
        }
    }
    let rest = star.unwrap_or(false);
    Accepted { br: br.unwrap_or(rest), gzip: gzip.unwrap_or(rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_real_clients() {
        let both = Accepted { br: true, gzip: true };
        let gzip = Accepted { br: false, gzip: true };
        assert_eq!(accepted("gzip, deflate, br, zstd"), both);
        assert_eq!(accepted("GZIP;q=1.0, br; q=0"), gzip);
        assert_eq!(accepted("gzip, deflate"), gzip);
        assert_eq!(accepted("*"), both);
        assert_eq!(accepted("*, br;q=0.000"), gzip);
        assert_eq!(accepted("identity"), Accepted::default());
        assert_eq!(accepted(""), Accepted::default());
        assert_eq!(accepted(";;=,q=,gzip;q=x"), Accepted::default());
    }
}
