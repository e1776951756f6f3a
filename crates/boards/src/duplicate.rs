//! When are two postings the same? The same link, or the same company, title and place.

use crate::text::folded;
use posting::Posting;
use url::Url;

/// Parameters that say where a visitor came from, not which posting it is. Those of the `utm_` family go as well.
const TRACKING: &[&str] = &[
    "gh_src",
    "lever-source",
    "lever-origin",
    "lever_source",
    "source",
    "src",
    "ref",
    "referrer",
    "referer",
    "refid",
    "trk",
    "trackingid",
    "tracking",
    "fbclid",
    "gclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "igshid",
    "origin",
    "from",
    "via",
    "campaign",
    "medium",
    "utm",
    "share",
    "shareid",
    "pagenum",
    "se",
    "v",
    "embed",
    "lang",
    "locale",
    "hl",
    "sid",
    "sessionid",
    "codes",
    "rx_source",
    "jobboard",
];

/// A link reduced to what names the posting: host without `www.`, path, and the parameters that identify it, sorted; the
/// fragment where it is a path of its own, as pages built by script have it. `None` when it is no web address.
pub fn link_key(url: &str) -> Option<String> {
    let url = Url::parse(url.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?.trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let mut path = url.path().trim_end_matches('/');
    // The form is another page of the same posting.
    for form in ["/apply", "/application"] {
        path = path.strip_suffix(form).unwrap_or(path);
    }
    let mut pairs: Vec<(String, String)> = url
        .query_pairs()
        .map(|(name, value)| (name.to_lowercase(), value.into_owned()))
        .filter(|(name, value)| {
            !value.is_empty()
                && !name.starts_with("utm_")
                && !name.starts_with("lever-")
                && !TRACKING.contains(&name.as_str())
        })
        .collect();
    pairs.sort();
    pairs.dedup();
    let mut key = format!("{host}{path}");
    for (i, (name, value)) in pairs.iter().enumerate() {
        key.push(if i == 0 { '?' } else { '&' });
        key.push_str(&format!("{name}={value}"));
    }
    if let Some(fragment) = url.fragment().filter(|fragment| names_posting(fragment)) {
        key.push('#');
        key.push_str(fragment.trim_end_matches('/'));
    }
    Some(key)
}

/// `#/jobs/4711` and `#en/job/4711` are pages of their own, `#apply` a place on one.
fn names_posting(fragment: &str) -> bool {
    fragment.contains('/') && fragment.bytes().any(|byte| byte.is_ascii_digit())
}

/// Company, title and place reduced to what people mean by them: equal keys are one posting.
pub fn same_key(posting: &Posting) -> String {
    format!(
        "{}|{}|{}",
        company_key(&posting.company),
        title_key(&posting.title),
        places::parse(&posting.location).same_key()
    )
}

/// Words that say which legal form a company has.
const LEGAL: &[&str] = &[
    "inc",
    "incorporated",
    "gmbh",
    "mbh",
    "ggmbh",
    "ag",
    "se",
    "kg",
    "kgaa",
    "ohg",
    "ug",
    "ev",
    "eg",
    "co",
    "company",
    "corp",
    "corporation",
    "ltd",
    "limited",
    "llc",
    "llp",
    "lp",
    "plc",
    "pbc",
    "sa",
    "sas",
    "sasu",
    "sarl",
    "srl",
    "spa",
    "sl",
    "slu",
    "bv",
    "nv",
    "vof",
    "ab",
    "as",
    "asa",
    "aps",
    "oy",
    "oyj",
    "pty",
    "pte",
    "kk",
    "zoo",
    "sro",
];

/// A company's name without case, punctuation and legal form: `Acme, Inc.` and `ACME` are the same.
pub fn company_key(company: &str) -> String {
    // Dotted abbreviations are one word: `S.A.`, `B.V.`, `Sp. z o.o.`
    let plain = folded(company).replace("z o.o", "zoo").replace("s.r.o", "sro").replace(['.', '\''], "");
    let mut words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|last| LEGAL.contains(last) || *last == "sp") {
        words.pop();
    }
    // `GmbH & Co. KG` leaves nothing behind but its sign; a leading article says nothing either.
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words.join(" ")
}

/// A title without case, punctuation and the marks of equal treatment: `(m/w/d)`, `(all genders)`.
pub fn title_key(title: &str) -> String {
    let mut plain = folded(title);
    while let Some((open, close)) = bracket_of_genders(&plain) {
        plain.replace_range(open..close, " ");
    }
    let mut words: Vec<String> = Vec::new();
    for word in plain.split(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '#')) {
        if !word.is_empty() && !is_genders(word) {
            words.push(match word {
                "sr" => "senior".into(),
                "jr" => "junior".into(),
                word => word.into(),
            });
        }
    }
    // Unbracketed: `m/w/d` has become three single letters in a row.
    let letters = |word: &String| matches!(word.as_str(), "m" | "w" | "f" | "d" | "x" | "h" | "i" | "n" | "v");
    while let Some(at) = words.windows(3).position(|three| three.iter().all(letters)) {
        words.drain(at..at + 3);
    }
    words.join(" ")
}

/// The byte range of the first bracket that names genders.
fn bracket_of_genders(title: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(open) = title[from..].find(['(', '[']).map(|at| from + at) {
        let close = open + title[open..].find([')', ']'])? + 1;
        let inside = &title[open + 1..close - 1];
        let letters = inside.split(['/', '|', '*', ',', ' ', '-', '.', ':']).filter(|part| !part.is_empty());
        let few = letters.clone().count() >= 2
            && letters.clone().all(|part| part.chars().count() <= 1 || matches!(part, "gn" | "div" | "inn"));
        if few || is_genders(inside) {
            return Some((open, close));
        }
        from = close;
    }
    None
}

fn is_genders(words: &str) -> bool {
    matches!(
        words.trim(),
        "all genders"
            | "all gender"
            | "any gender"
            | "gn"
            | "mwd"
            | "mfd"
            | "mfx"
            | "wmd"
            | "divers"
            | "alle geschlechter"
            | "gender neutral"
            | "d"
            | "x"
    ) && words.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(company: &str, title: &str, location: &str) -> Posting {
        Posting { company: company.into(), title: title.into(), location: location.into(), ..Posting::default() }
    }

    #[test]
    fn links_differ_only_where_they_name_another_posting() {
        for (one, two, same) in [
            ("https://www.example.org/jobs/1", "http://example.org/jobs/1/", true),
            ("https://example.org/jobs/1?utm_source=x&utm_medium=y", "https://example.org/jobs/1", true),
            ("https://example.org/jobs/1?gh_src=abc", "https://example.org/jobs/1?ref=mail", true),
            ("https://example.org/jobs?gh_jid=1", "https://example.org/jobs?gh_jid=2", false),
            ("https://example.org/jobs?gh_jid=1&b=2", "https://EXAMPLE.org/jobs?b=2&gh_jid=1#apply", true),
            ("https://example.org/a/1/apply", "https://example.org/a/1", true),
            ("https://example.org/a/1/application?lever-source=x", "https://example.org/a/1", true),
            ("https://example.org:443/job/1", "https://example.org/job/1", true),
            ("https://example.org/Job/1", "https://example.org/job/1", false),
            ("https://a.example.org/1", "https://b.example.org/1", false),
            ("https://example.org/jobs/#en/job/1", "https://example.org/jobs/#en/job/2", false),
            ("https://example.org/jobs/#/1/", "https://example.org/jobs#/1", true),
            ("https://example.org/jobs/1#how-to-apply", "https://example.org/jobs/1", true),
        ] {
            assert_eq!(link_key(one) == link_key(two), same, "{one} {two}");
            assert!(link_key(one).is_some());
        }
        assert_eq!(link_key("mailto:jobs@example.org"), None);
        assert_eq!(link_key("no link"), None);
    }

    #[test]
    fn companies_without_their_legal_form() {
        for (one, two) in [
            ("Acme, Inc.", "ACME"),
            ("Acme GmbH", "acme"),
            ("Acme GmbH & Co. KG", "Acme"),
            ("Acme S.A.", "Acme SA"),
            ("Acme B.V.", "Acme"),
            ("Acme Pty Ltd", "Acme"),
            ("Acme Sp. z o.o.", "Acme"),
            ("The Acme Company", "Acme"),
            ("Müller’s Bäckerei", "MÜLLER'S BÄCKEREI"),
            ("Acme   Data", "Acme-Data"),
        ] {
            assert_eq!(company_key(one), company_key(two), "{one}");
        }
        assert_ne!(company_key("Acme Data"), company_key("Acme"));
        assert_eq!(company_key("AG"), "ag");
    }

    #[test]
    fn titles_without_their_marks() {
        for (one, two) in [
            ("Baker (m/w/d)", "Baker"),
            ("Baker (all genders)", "BAKER"),
            ("Baker m/w/d", "Baker"),
            ("Bäcker:in (w/m/x)", "Bäcker*in"),
            ("Sr. Baker", "Senior Baker"),
            ("Baker - Night Shift", "Baker, Night Shift"),
            ("Baker (f/m/d) – Lyon", "Baker, Lyon"),
        ] {
            assert_eq!(title_key(one), title_key(two), "{one}");
        }
        assert_ne!(title_key("C++ Engineer"), title_key("C# Engineer"));
        assert_ne!(title_key("Baker (Night)"), title_key("Baker (Day)"));
        assert_ne!(title_key("Engineer I"), title_key("Engineer II"));
    }

    #[test]
    fn the_same_posting_has_the_same_key() {
        let one = posting("Acme, Inc.", "Baker (m/f/d)", "Berlin, Germany");
        assert_eq!(same_key(&one), same_key(&posting("ACME", "baker", "Berlin")));
        assert_ne!(same_key(&one), same_key(&posting("ACME", "baker", "Hamburg")));
    }
}
