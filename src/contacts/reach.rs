//! How to reach a contact: mail, phone, link.

use super::Contact;
use crate::ui::*;
use leptos::prelude::*;

/// Address, number and link in one line; nothing where there are none.
#[component]
pub fn Reach(contact: Contact) -> impl IntoView {
    let Contact { email, phone, link, .. } = contact;
    let mail = (!email.is_empty()).then(|| view! { <a href=mailto(&email)><Icon name=Icon::Mail/>{email.clone()}</a> });
    let call = (!phone.is_empty()).then(|| match tel(&phone) {
        Some(href) => view! { <a href=href>{phone.clone()}</a> }.into_any(),
        None => view! { <span>{phone.clone()}</span> }.into_any(),
    });
    let link = link.map(|link| {
        view! { <a href=link target="_blank" rel="noopener noreferrer"><Icon name=Icon::External/>"Link"</a> }
    });
    let any = mail.is_some() || call.is_some() || link.is_some();
    any.then(|| view! { <p class="meta small">{mail}{call}{link}</p> })
}

/// The address of a message to somebody. What would add headers or more people is escaped (RFC 6068).
fn mailto(email: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut href = String::from("mailto:");
    for byte in email.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.-_~+".contains(&byte) {
            href.push(char::from(byte));
        } else {
            href.push('%');
            href.push(char::from(DIGITS[usize::from(byte >> 4)]));
            href.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    href
}

/// The address of a call; None without a digit.
fn tel(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let plus = if phone.starts_with('+') { "+" } else { "" };
    (!digits.is_empty()).then(|| ["tel:", plus, &digits].concat())
}

#[cfg(test)]
mod tests {
    use super::{mailto, tel};

    #[test]
    fn addresses_and_numbers_become_links() {
        assert_eq!(mailto("ada+jobs@example.org"), "mailto:ada+jobs@example.org");
        assert_eq!(mailto("a?bcc=b&c%@example.org"), "mailto:a%3Fbcc%3Db%26c%25@example.org");
        assert_eq!(tel("+49 (30) 12-34").as_deref(), Some("tel:+49301234"));
        assert_eq!(tel("#"), None);
    }
}
