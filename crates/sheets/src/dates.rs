//! Days and moments as spreadsheets write them. Which number is the day is told by the whole column.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// Which of three numbers is what. A four-digit number in front is always the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    DayMonth,
    MonthDay,
    YearFirst,
}

impl Order {
    pub const ALL: [Order; 3] = [Order::DayMonth, Order::MonthDay, Order::YearFirst];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            Order::DayMonth => "day_month",
            Order::MonthDay => "month_day",
            Order::YearFirst => "year_first",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            Order::DayMonth => "Day, month, year: 31.12.2026",
            Order::MonthDay => "Month, day, year: 12/31/2026",
            Order::YearFirst => "Year, month, day: 2026-12-31",
        }
    }

    /// The inverse of [`Order::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Order::ALL.into_iter().find(|order| order.as_str() == text)
    }
}

/// When something was: a day, or a moment where one was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Day(NaiveDate),
    /// A day with a time of the writer's clock.
    Local(NaiveDateTime),
    Moment(DateTime<Utc>),
}

/// The order under which the most cells are days; of equals day and month where dots divide, then month and day where slashes do.
pub fn order<'a>(cells: impl Iterator<Item = &'a str>) -> Order {
    let mut read_by = [0usize; 3];
    let (mut dots, mut slashes, mut first) = (0usize, 0usize, 0usize);
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()).take(5_000) {
        for (at, order) in Order::ALL.into_iter().enumerate() {
            read_by[at] += usize::from(read(cell, order).is_some());
        }
        dots += usize::from(cell.contains('.'));
        slashes += usize::from(cell.contains('/'));
        first += usize::from(cell.len() >= 8 && cell.as_bytes()[..4].iter().all(u8::is_ascii_digit));
    }
    let liking = if first > dots + slashes {
        [1, 0, 2]
    } else if dots >= slashes {
        [2, 1, 0]
    } else {
        [1, 2, 0]
    };
    // No two are liked the same.
    let best = (0..3usize).max_by_key(|at| (read_by[*at], liking[*at])).unwrap_or(0);
    Order::ALL[best]
}

/// The day or moment a cell names: RFC 3339, three numbers in this order with an optional time, `3 March 2026`, `Mar 3, 2026`,
/// with months in English, German or French. None when it is none of these or not of the years 1900 to 2999.
pub fn read(cell: &str, order: Order) -> Option<When> {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > 64 {
        return None;
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(cell) {
        return sensible(at.date_naive()).map(|_| When::Moment(at.with_timezone(&Utc)));
    }
    let (day, rest) = numbers(cell, order).or_else(|| words(cell).map(|day| (day, "")))?;
    let day = sensible(day)?;
    Some(match time(rest) {
        Some(time) => When::Local(day.and_time(time)),
        None => When::Day(day),
    })
}

fn sensible(day: NaiveDate) -> Option<NaiveDate> {
    (1900..=2999).contains(&day.year()).then_some(day)
}

/// Three numbers, and what follows them.
fn numbers(cell: &str, order: Order) -> Option<(NaiveDate, &str)> {
    let end = cell.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '/' | '-'))).unwrap_or(cell.len());
    let (head, rest) = cell.split_at(end);
    let head = head.trim_end_matches(['.', '-', '/']);
    let sign = head.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = head.split(sign).collect();
    let &[a, b, c] = parts.as_slice() else { return None };
    if parts.iter().any(|part| part.is_empty() || part.len() > 4) {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok();
    let year = |part: &str| {
        let year = part.parse::<i32>().ok()?;
        match part.len() {
            4 => Some(year),
            2 => Some(2000 + year),
            _ => None,
        }
    };
    let (year, month, day) = match order {
        _ if a.len() == 4 => (year(a)?, number(b)?, number(c)?),
        Order::DayMonth => (year(c)?, number(b)?, number(a)?),
        Order::MonthDay => (year(c)?, number(a)?, number(b)?),
        Order::YearFirst => (year(a).filter(|_| a.len() == 2 && c.len() == 2)?, number(b)?, number(c)?),
    };
    NaiveDate::from_ymd_opt(year, month, day).map(|date| (date, rest))
}

/// `10:30`, `T10:30:00`, `, 10:30 PM`.
fn time(rest: &str) -> Option<NaiveTime> {
    let rest = rest.trim_matches(|c: char| c == 'T' || c == ',' || c == 'Z' || c.is_whitespace()).to_uppercase();
    ["%H:%M", "%H:%M:%S", "%H:%M:%S%.f", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(&rest, format).ok())
}

/// Three letters each month begins with, in English, German and French.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrz"],
    &["apr", "avr"],
    &["may", "mai"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "aoû", "aou"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez", "déc"],
];

fn words(cell: &str) -> Option<NaiveDate> {
    let (mut day, mut month, mut year) = (None, None, None);
    for word in cell.split([' ', ',', '.', '-', '/', '\u{a0}']).filter(|word| !word.is_empty()).take(8) {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        if let Ok(number) = digits.parse::<u32>() {
            match number {
                1..=31 if day.is_none() => day = Some(number),
                1900..=2999 => year = i32::try_from(number).ok(),
                _ => {}
            }
        } else if month.is_none() {
            let word = word.to_lowercase();
            month =
                (1..).zip(MONTHS).find(|(_, names)| names.iter().any(|name| word.starts_with(name))).map(|(n, _)| n);
        }
    }
    NaiveDate::from_ymd_opt(year?, month?, day?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Option<When> {
        NaiveDate::from_ymd_opt(y, m, d).map(When::Day)
    }

    #[test]
    fn days_of_many_writings() {
        for (cell, order, wanted) in [
            ("3.11.2026", Order::DayMonth, day(2026, 11, 3)),
            ("03/11/26", Order::DayMonth, day(2026, 11, 3)),
            ("11/3/2026", Order::MonthDay, day(2026, 11, 3)),
            ("2026-11-03", Order::DayMonth, day(2026, 11, 3)),
            ("26-11-03", Order::YearFirst, day(2026, 11, 3)),
            ("3. November 2026", Order::MonthDay, day(2026, 11, 3)),
            ("Nov 3, 2026", Order::DayMonth, day(2026, 11, 3)),
            ("3 févr. 2026", Order::DayMonth, day(2026, 2, 3)),
            ("31/11/2026", Order::DayMonth, None),
            ("13/13/2026", Order::DayMonth, None),
            ("soon", Order::DayMonth, None),
            ("1.1.0001", Order::DayMonth, None),
            ("2026", Order::DayMonth, None),
        ] {
            assert_eq!(read(cell, order), wanted, "{cell}");
        }
        let local =
            |h, m| NaiveDate::from_ymd_opt(2026, 11, 3).and_then(|day| day.and_hms_opt(h, m, 0)).map(When::Local);
        assert_eq!(read("2026-11-03 14:30", Order::DayMonth), local(14, 30));
        assert_eq!(read("11/3/26, 2:30 PM", Order::MonthDay), local(14, 30));
        assert_eq!(
            read("2026-11-03T14:30:00Z", Order::DayMonth),
            "2026-11-03T14:30:00Z".parse().ok().map(When::Moment)
        );
    }

    #[test]
    fn the_column_tells_the_order() {
        assert_eq!(order(["3/4/2026", "25/4/2026"].into_iter()), Order::DayMonth);
        assert_eq!(order(["3/4/2026", "4/25/2026"].into_iter()), Order::MonthDay);
        assert_eq!(order(["3/4/2026"].into_iter()), Order::MonthDay);
        assert_eq!(order(["3.4.2026"].into_iter()), Order::DayMonth);
        assert_eq!(order(["2026-04-03"].into_iter()), Order::YearFirst);
    }
}
