use super::{Every, Repeat};
use chrono::{Datelike, Days, Months, NaiveDate};

/// Weekdays in a week.
const WORKDAYS: u64 = 5;

impl Repeat {
    /// The day of the `number`th time, counted from 0, whether or not it has ended by then. `None` beyond the end of the calendar.
    pub(super) fn day(&self, number: u64) -> Option<NaiveDate> {
        let start = self.start.date();
        let steps = number.checked_mul(self.interval())?;
        match self.every {
            Every::Day => start.checked_add_days(Days::new(steps)),
            Every::Week => start.checked_add_days(Days::new(steps.checked_mul(7)?)),
            // Both end at the last day of a month that is too short, and begin anew from the start each time.
            Every::Month => start.checked_add_months(Months::new(steps.try_into().ok()?)),
            Every::Year => start.checked_add_months(Months::new(steps.checked_mul(12)?.try_into().ok()?)),
            Every::Weekdays => {
                let workday = self.first_workday() + number;
                let weeks = (workday / WORKDAYS).checked_mul(self.interval())?;
                monday(start)?.checked_add_days(Days::new(weeks.checked_mul(7)?.checked_add(workday % WORKDAYS)?))
            }
        }
    }

    /// A number whose day is not after `day`, unless it is 0, and close to it.
    pub(super) fn number_about(&self, day: NaiveDate) -> u64 {
        let start = self.start.date();
        let Ok(days) = u64::try_from((day - start).num_days()) else { return 0 };
        // The day of the month may come a month early by the calendar, and the last day of a short month is none too many.
        let months =
            u64::try_from((day.year() - start.year()) * 12 + day.month().cast_signed() - start.month().cast_signed());
        let months = months.unwrap_or(0).saturating_sub(1);
        match self.every {
            Every::Day => days / self.interval(),
            Every::Week => days / 7 / self.interval(),
            Every::Month => months / self.interval(),
            Every::Year => months / 12 / self.interval(),
            Every::Weekdays => (days / 7 / self.interval() * WORKDAYS).saturating_sub(self.first_workday()),
        }
    }

    /// Which of its week's weekdays the start is, counted from 0; 5 when it is none.
    fn first_workday(&self) -> u64 {
        u64::from(self.start.weekday().num_days_from_monday()).min(WORKDAYS)
    }

    fn interval(&self) -> u64 {
        u64::from(self.interval.get())
    }
}

fn monday(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))
}
