//! All offers side by side, in words. The best of a part is marked where two or more can be compared and differ.

use super::{
    Cell, Comparison, Head, PartRow, Pay,
    store::{self, Kept},
    sums::{Sums, yearly},
};
use crate::{
    db,
    error::Result,
    profile::{self, SalaryTarget},
    session::Who,
    state::App,
    tasks::clock,
    ui::{day, grouped},
};
use chrono::NaiveDate;

const UNKNOWN: &str = "Unknown";

/// The person's offers.
pub async fn all(app: &App, who: &Who) -> Result<Comparison> {
    let offers = store::list(app, who.user).await?;
    let target = profile::store::get(app, who.user).await?.salary_target;
    let today = clock::local(clock::zone(&app.db, who.user).await?, db::now()).date();
    Ok(compare(&offers, target.as_ref(), today))
}

fn compare(offers: &[Kept], target: Option<&SalaryTarget>, today: NaiveDate) -> Comparison {
    let sums: Vec<Sums> = offers.iter().map(|offer| Sums::of(&offer.terms)).collect();
    let mut currencies: Vec<&str> = sums.iter().filter_map(|sums| sums.currency.as_deref()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let one = currencies.len() == 1;
    let money = |value: fn(&Sums) -> Option<i64>| -> Vec<Cell> {
        let values: Vec<Option<i64>> = sums.iter().map(value).collect();
        let texts = sums.iter().zip(&values).map(|(sums, value)| amount(sums.currency.as_deref(), *value)).collect();
        marked(texts, if one { &values } else { &[] })
    };
    let plain = |text: &dyn Fn(&Kept) -> Option<String>| -> Vec<Cell> {
        marked(offers.iter().map(|offer| text(offer).unwrap_or_else(|| UNKNOWN.to_owned())).collect(), &[])
    };
    let mut rows = vec![
        row("Base a year", noted(money(|sums| sums.base), offers.iter().map(base_note))),
        row("Bonus", plain(&bonus)),
        row("Equity", plain(&equity)),
        row("Benefits", plain(&benefits)),
        row("Certain a year", noted(money(|sums| sums.certain), sums.iter().map(not_counted))),
        row("With what is likely", money(|sums| sums.likely)),
    ];
    if let Some(target) = target {
        rows.push(against(target, &sums));
    }
    let leave: Vec<Option<i64>> = offers.iter().map(|offer| offer.terms.leave_days.map(i64::from)).collect();
    let remote: Vec<Option<i64>> = offers.iter().map(|offer| offer.terms.remote_share.map(i64::from)).collect();
    let number = |value: &Option<i64>, unit: &str| value.map_or_else(|| UNKNOWN.to_owned(), |n| format!("{n}{unit}"));
    let deadlines = offers.iter().map(|offer| offer.terms.decide_by.map(|by| left(by, today)).unwrap_or_default());
    rows.extend([
        row("Paid leave", marked(leave.iter().map(|days| number(days, " days")).collect(), &leave)),
        row("Remote", marked(remote.iter().map(|share| number(share, " %")).collect(), &remote)),
        row("Starts", plain(&|offer| offer.terms.starts_on.map(|date| day(&date)))),
        row("Answer by", noted(plain(&|offer| offer.terms.decide_by.map(|date| day(&date))), deadlines)),
    ]);
    let heads = offers
        .iter()
        .map(|offer| Head {
            application_id: offer.application_id,
            title: offer.title.clone(),
            company: offer.company.clone(),
        })
        .collect();
    Comparison { heads, rows, currencies: currencies.len() > 1 }
}

fn row(label: &str, cells: Vec<Cell>) -> PartRow {
    PartRow { label: label.to_owned(), cells }
}

/// Cells of these texts; those of the highest value are the best, unless all are the same or there is but one.
fn marked(texts: Vec<String>, values: &[Option<i64>]) -> Vec<Cell> {
    let known = || values.iter().flatten();
    let best = known().max().filter(|best| known().count() > 1 && known().any(|value| value != *best));
    let cells = texts.into_iter().enumerate().map(|(n, text)| Cell {
        text,
        best: best.is_some() && values.get(n).is_some_and(|value| value.as_ref() == best),
        note: String::new(),
    });
    cells.collect()
}

fn noted(cells: Vec<Cell>, notes: impl Iterator<Item = String>) -> Vec<Cell> {
    cells.into_iter().zip(notes).map(|(cell, note)| Cell { note, ..cell }).collect()
}

fn amount(currency: Option<&str>, value: Option<i64>) -> String {
    match value.zip(currency) {
        Some((value, currency)) => format!("{currency} {}", grouped(value.unsigned_abs())),
        None => UNKNOWN.to_owned(),
    }
}

/// How the base was given, where not by the year.
fn base_note(offer: &Kept) -> String {
    let base = offer.terms.base.as_ref().filter(|base| base.period != posting::Period::Year);
    base.map(said).unwrap_or_default()
}

/// "EUR 5,000 a month".
pub fn said(pay: &Pay) -> String {
    let article = if pay.period == posting::Period::Hour { "an" } else { "a" };
    format!("{} {} {article} {}", pay.currency, grouped(pay.amount.unsigned_abs()), pay.period)
}

fn bonus(offer: &Kept) -> Option<String> {
    let bonus = offer.terms.bonus.as_ref()?;
    let currency = offer.terms.base.as_ref().map(|base| base.currency.as_str()).unwrap_or_default();
    let size = match (bonus.amount, bonus.percent) {
        (Some(amount), _) => format!("{currency} {}", grouped(amount.unsigned_abs())).trim().to_owned(),
        (None, Some(percent)) => format!("{percent} %"),
        (None, None) => "of unknown size".to_owned(),
    };
    Some(format!("{size}, {}", if bonus.certain { "certain" } else { "not certain" }))
}

fn equity(offer: &Kept) -> Option<String> {
    let equity = offer.terms.equity.as_ref()?;
    let currency = offer.terms.base.as_ref().map(|base| base.currency.as_str()).unwrap_or_default();
    let worth =
        equity.yearly.map(|yearly| format!("{currency} {} a year", grouped(yearly.unsigned_abs())).trim().to_owned());
    let parts: Vec<String> =
        [Some(equity.text.clone()).filter(|text| !text.is_empty()), worth].into_iter().flatten().collect();
    Some(parts.join(", "))
}

fn benefits(offer: &Kept) -> Option<String> {
    let names: Vec<&str> = offer.terms.benefits.iter().map(|benefit| benefit.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn not_counted(sums: &Sums) -> String {
    if sums.unknown.is_empty() { String::new() } else { format!("Not counted: {}", sums.unknown.join(", ")) }
}

/// How the certain total stands to what the person is after.
fn against(target: &SalaryTarget, sums: &[Sums]) -> PartRow {
    let wanted = Pay { amount: target.amount, currency: target.currency.clone(), period: target.period };
    let per_year = yearly(&wanted);
    let cells = sums.iter().map(|sums| {
        let text = match (sums.certain, sums.currency.as_deref()) {
            (Some(certain), Some(currency)) if currency == wanted.currency => match certain - per_year {
                0 => "As much".to_owned(),
                more @ 1.. => format!("{currency} {} more", grouped(more.unsigned_abs())),
                less => format!("{currency} {} less", grouped(less.unsigned_abs())),
            },
            (Some(_), Some(_)) => "Another currency".to_owned(),
            _ => UNKNOWN.to_owned(),
        };
        Cell { text, ..Cell::default() }
    });
    PartRow { label: format!("Against your target of {}", said(&wanted)), cells: cells.collect() }
}

/// "3 days left".
fn left(by: NaiveDate, today: NaiveDate) -> String {
    match (by - today).num_days() {
        0 => "today".to_owned(),
        1 => "1 day left".to_owned(),
        days @ 2.. => format!("{days} days left"),
        _ => "this has passed".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{ApplicationId, OfferId},
        offers::{Bonus, Terms},
    };
    use posting::Period;

    fn offer(amount: i64, currency: &str, leave_days: Option<u16>) -> Kept {
        let at = chrono::DateTime::UNIX_EPOCH;
        Kept {
            id: OfferId::fresh(),
            application_id: ApplicationId::fresh(),
            terms: Terms {
                base: Some(Pay { amount, currency: currency.into(), period: Period::Year }),
                leave_days,
                ..Terms::default()
            },
            version: 1,
            created_at: at,
            updated_at: at,
            deleted_at: None,
            company: "Acme Mills".into(),
            title: "Baker".into(),
        }
    }

    fn cells(all: &Comparison, label: &str) -> Vec<(String, bool)> {
        let row = all.rows.iter().find(|row| row.label.starts_with(label)).expect(label);
        row.cells.iter().map(|cell| (cell.text.clone(), cell.best)).collect()
    }

    #[test]
    fn the_best_of_each_part_is_marked() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).expect("a day");
        let mut first = offer(60_000, "EUR", Some(30));
        first.terms.bonus = Some(Bonus { amount: Some(2_000), percent: None, certain: false });
        first.terms.decide_by = today.succ_opt();
        let all = compare(&[first.clone(), offer(61_000, "EUR", Some(30))], None, today);
        assert_eq!(cells(&all, "Certain"), [("EUR 60,000".into(), false), ("EUR 61,000".into(), true)]);
        assert_eq!(cells(&all, "With"), [("EUR 62,000".into(), true), ("EUR 61,000".into(), false)]);
        assert_eq!(cells(&all, "Paid leave"), [("30 days".into(), false), ("30 days".into(), false)]);
        assert_eq!(cells(&all, "Bonus"), [("EUR 2,000, not certain".into(), false), ("Unknown".into(), false)]);
        let by = &all.rows.iter().find(|row| row.label == "Answer by").expect("a row").cells[0];
        assert_eq!((by.text.as_str(), by.note.as_str()), ("28 Nov 2026", "1 day left"));
    }

    #[test]
    fn currencies_are_not_compared() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).expect("a day");
        let target = SalaryTarget { amount: 5_000, currency: "EUR".into(), period: Period::Month };
        let all = compare(&[offer(60_000, "EUR", None), offer(90_000, "CHF", Some(25))], Some(&target), today);
        assert!(all.currencies);
        assert_eq!(cells(&all, "Certain"), [("EUR 60,000".into(), false), ("CHF 90,000".into(), false)]);
        assert_eq!(
            cells(&all, "Against your target of EUR 5,000 a month"),
            [("As much".into(), false), ("Another currency".into(), false)]
        );
        assert_eq!(cells(&all, "Paid leave"), [("Unknown".into(), false), ("25 days".into(), false)]);
    }
}
