//! Pages of a list, as links.

use super::Icon;
use leptos::prelude::*;

/// "26–50 of 7,150" and the links to the pages around; nothing when there is one page.
#[component]
pub fn Pager(
    /// From 1.
    page: u32,
    per_page: u32,
    total: u64,
    /// The address of a page.
    #[prop(into)]
    href: Callback<u32, String>,
) -> impl IntoView {
    let per_page = u64::from(per_page.max(1));
    let last = u32::try_from(total.div_ceil(per_page)).unwrap_or(u32::MAX).max(1);
    let page = page.clamp(1, last);
    let first = u64::from(page - 1) * per_page + 1;
    let until = (first + per_page - 1).min(total);
    let range = [&grouped(first), "–", &grouped(until), " of ", &grouped(total)].concat();
    let step = |to: u32, label: &'static str, icon: Icon| {
        let open = to >= 1 && to <= last;
        view! {
            <a
                class="button quiet icon-only small"
                href=open.then(|| href.run(to))
                // A link that leads nowhere is none to the browser; it has to say what it is.
                role=(!open).then_some("link")
                aria-disabled=(!open).then_some("true")
                aria-label=label
            >
                <Icon name=icon/>
            </a>
        }
    };
    let links: Vec<_> = shown(page, last)
        .into_iter()
        .map(|number| match number {
            None => view! { <span class="pager-gap" aria-hidden="true">"…"</span> }.into_any(),
            Some(number) => view! {
                <a
                    class="pager-page"
                    href=href.run(number)
                    aria-label=["Page ", &number.to_string()].concat()
                    aria-current=(number == page).then_some("page")
                >
                    {grouped(u64::from(number))}
                </a>
            }
            .into_any(),
        })
        .collect();
    (last > 1).then(|| {
        view! {
            <nav class="pager" aria-label="Pages">
                <p class="muted small">{range}</p>
                <div class="pager-links">
                    {step(page.wrapping_sub(1), "Previous page", Icon::ChevronLeft)} {links}
                    {step(page.saturating_add(1), "Next page", Icon::ChevronRight)}
                </div>
            </nav>
        }
    })
}

/// First, last, this and its neighbors; `None` is a gap.
fn shown(page: u32, last: u32) -> Vec<Option<u32>> {
    let mut numbers = Vec::new();
    let mut before = 0;
    for number in [1, page.saturating_sub(1), page, page.saturating_add(1), last] {
        if number <= before || number > last {
            continue;
        }
        if number == before + 2 {
            numbers.push(Some(before + 1));
        } else if number > before + 2 {
            numbers.push(None);
        }
        numbers.push(Some(number));
        before = number;
    }
    numbers
}

/// A count with its thousands set apart: 7,150.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_around_the_current_one() {
        assert_eq!(shown(1, 1), [Some(1)]);
        assert_eq!(shown(1, 3), [Some(1), Some(2), Some(3)]);
        assert_eq!(shown(2, 9), [Some(1), Some(2), Some(3), None, Some(9)]);
        assert_eq!(shown(5, 9), [Some(1), None, Some(4), Some(5), Some(6), None, Some(9)]);
        assert_eq!(shown(4, 7), [Some(1), Some(2), Some(3), Some(4), Some(5), Some(6), Some(7)]);
        assert_eq!(shown(9, 9), [Some(1), None, Some(8), Some(9)]);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            [0, 12, 999, 1000, 7150, 1_234_567].map(grouped),
            ["0", "12", "999", "1,000", "7,150", "1,234,567"].map(str::to_owned)
        );
    }
}
