//! Pay as people write it, and what looks like pay and is not.

use boards::salary::{parse, parse_long, parse_with};
use posting::Salary;

/// `USD 120000-150000 year`, `-` where an end or all of it is not named.
fn told(salary: Option<Salary>) -> String {
    let end = |amount: Option<i64>| amount.map_or("?".into(), |amount| amount.to_string());
    salary.map_or("-".into(), |s| format!("{} {}-{} {}", s.currency, end(s.min), end(s.max), s.period))
}

#[track_caller]
fn check(cases: &[(&str, &str)], parse: impl Fn(&str) -> Option<Salary>) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, told(parse(text))))
        .filter(|(_, expected, got)| *expected != got)
        .map(|(text, expected, got)| format!("{text:?}: expected {expected}, got {got}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn pay_fields() {
    check(
        &[
            ("$120k–$150k", "USD 120000-150000 year"),
            ("$120K - $150K", "USD 120000-150000 year"),
            ("$120,000 - $150,000", "USD 120000-150000 year"),
            ("$120,000.00 - $150,000.00 per year", "USD 120000-150000 year"),
            ("$120-150k", "USD 120000-150000 year"),
            ("$120k - 150", "USD 120000-150000 year"),
            ("$155.5K – $191.6K • Offers Equity", "USD 155500-191600 year"),
            ("$31,2k- $52k", "USD 31200-52000 year"),
            ("€60.000 - 75.000", "EUR 60000-75000 year"),
            ("60.000 € - 75.000 €", "EUR 60000-75000 year"),
            ("60 000 € à 75 000 €", "EUR 60000-75000 year"),
            ("EUR 60,000 to EUR 75,000", "EUR 60000-75000 year"),
            ("60-75k EUR", "EUR 60000-75000 year"),
            ("60-75k€", "EUR 60000-75000 year"),
            ("60k–75k euros gross", "EUR 60000-75000 year"),
            ("£45,000 per annum", "GBP 45000-45000 year"),
            ("£45k p.a.", "GBP 45000-45000 year"),
            ("£32K – £35K • Offers Equity • Offers Bonus • performance bonus up to 20%", "GBP 32000-35000 year"),
            ("£450 - £500 per day", "GBP 450-500 day"),
            ("£450/day", "GBP 450-450 day"),
            ("£12.60 an hour", "GBP 13-13 hour"),
            ("USD 40/hr", "USD 40-40 hour"),
            ("$90 - $150 /hour", "USD 90-150 hour"),
            ("$90/hr - $150/hr", "USD 90-150 hour"),
            ("$17.00 – $22.00 per hour", "USD 17-22 hour"),
            ("$26.00 • Offers Equity • Offers Bonus", "USD 26-26 hour"),
            ("Hourly rate: $65", "USD 65-65 hour"),
            ("up to $14/hr", "USD ?-14 hour"),
            ("120,000 - 150,000 USD + equity", "USD 120000-150000 year"),
            ("120,000 – 150,000 per year (USD)", "USD 120000-150000 year"),
            ("CHF 110’000", "CHF 110000-110000 year"),
            ("CHF 110'000 - 130'000", "CHF 110000-130000 year"),
            ("110-130k CHF", "CHF 110000-130000 year"),
            ("up to 80K EUR", "EUR ?-80000 year"),
            ("bis zu 80.000 €", "EUR ?-80000 year"),
            ("max. 80.000 € brutto", "EUR ?-80000 year"),
            ("from $70,000", "USD 70000-? year"),
            ("ab 48.000 € brutto im Jahr", "EUR 48000-? year"),
            ("at least €50k", "EUR 50000-? year"),
            ("$100k+", "USD 100000-? year"),
            ("$4,000 per month", "USD 4000-4000 month"),
            ("$4,000 - $5,000 monthly", "USD 4000-5000 month"),
            ("3.500 € brutto monatlich", "EUR 3500-3500 month"),
            ("2.800 - 3.200 Euro", "EUR 2800-3200 month"),
            ("13,50 € pro Stunde", "EUR 14-14 hour"),
            ("$1,500 a week", "USD 1500-1500 week"),
            ("CA$100K – CA$120K", "CAD 100000-120000 year"),
            ("C$100,000", "CAD 100000-100000 year"),
            ("$100,000 - $120,000 CAD", "CAD 100000-120000 year"),
            ("A$140,000 + super", "AUD 140000-140000 year"),
            ("S$8,000 - S$10,000", "SGD 8000-10000 month"),
            ("US$60k – US$80k", "USD 60000-80000 year"),
            ("R$ 8.000 - R$ 12.000", "BRL 8000-12000 month"),
            ("₹12,00,000 - ₹18,00,000", "INR 1200000-1800000 year"),
            ("₹12-18 LPA", "INR 1200000-1800000 year"),
            ("18 000 - 24 000 PLN", "PLN 18000-24000 month"),
            ("18 000 – 24 000 zł brutto / month", "PLN 18000-24000 month"),
            ("SEK 45 000 per month", "SEK 45000-45000 month"),
            ("¥8,000,000 - ¥12,000,000", "JPY 8000000-12000000 year"),
            ("between $90,000 and $110,000", "USD 90000-110000 year"),
            ("$110,000 - $90,000", "USD 90000-110000 year"),
            ("$50K – $55K • $0 – $10K Bonus • bonus with accelerator", "USD 50000-55000 year"),
            ("$150K – $175K • Offers Equity • $150K – $175K Commission", "USD 150000-175000 year"),
            ("Base $80k–$100k, OTE $160k–$200k", "USD 80000-100000 year"),
            ("$60K – $96K • Multiple Ranges", "USD 60000-96000 year"),
            // Nothing named, or something else.
            ("", "-"),
            ("competitive", "-"),
            ("Competitive salary, DOE", "-"),
            ("Pay per task", "-"),
            ("Unpaid", "-"),
            ("negotiable", "-"),
            ("OTE $25k - $35k", "-"),
            ("$200k OTE", "-"),
            ("0 - 0", "-"),
            ("$0", "-"),
            ("Series B $40M", "-"),
            ("$1.2 billion", "-"),
            ("500,000 customers", "-"),
            ("401(k) match", "-"),
            ("401k", "-"),
            ("10%", "-"),
            ("2026-03-01", "-"),
            ("+1 555 123 4567", "-"),
            ("$10,000 signing bonus", "-"),
            ("50,000 - 60,000", "-"),
            ("$5", "USD 5-5 hour"),
            ("$500", "-"),
            ("$99999999999999999999", "-"),
        ],
        parse,
    );
}

#[test]
fn the_place_tells_the_currency() {
    assert_eq!(told(parse_with("$120k - $150k", Some("CAD"))), "CAD 120000-150000 year");
    assert_eq!(told(parse_with("$120k - $150k USD", Some("CAD"))), "USD 120000-150000 year");
    assert_eq!(told(parse_with("$120k - $150k", Some("EUR"))), "USD 120000-150000 year");
    assert_eq!(told(parse_with("45 000 kr", Some("NOK"))), "NOK 45000-45000 month");
    assert_eq!(told(parse_with("50,000 - 60,000", Some("EUR"))), "EUR 50000-60000 year");
    assert_eq!(told(parse_with("50k", Some("GBP"))), "GBP 50000-50000 year");
}

#[test]
fn descriptions() {
    let company = "We make bread for half a million customers and have done so for more than twenty years in several towns and cities of the valley, with eleven shops, and a mill.\n\n";
    let cases: Vec<(String, &str)> = [
        ("The base salary range for this role is $163,000—$212,000 USD.", "USD 163000-212000 year"),
        ("Annual Salary:\n\n$163,000—$212,000 USD", "USD 163000-212000 year"),
        (
            "The estimated salary range for this position is estimated to be $60,000 - $97,000/year.",
            "USD 60000-97000 year",
        ),
        ("Compensation\n\n£45,000 - £50,000 plus bonus", "GBP 45000-50000 year"),
        ("- Salary: €48.000 – €56.000 brutto/Jahr", "EUR 48000-56000 year"),
        ("Pay: $24 - $28 per hour", "USD 24-28 hour"),
        ("Salary: $120,000", "USD 120000-120000 year"),
        ("Wir zahlen ein Gehalt von 3.200 € im Monat.", "EUR 3200-3200 month"),
        (
            "The pay range for this role is between $120,000 and $140,000 per year, with a 10% bonus.",
            "USD 120000-140000 year",
        ),
        ("You get a bonus of $5,000 and a base salary of $90,000 - $100,000.", "USD 90000-100000 year"),
        (
            "On-target earnings are $200,000 - $240,000; the base salary is $100,000 - $120,000 per year.",
            "USD 100000-120000 year",
        ),
        ("Compensation\n\n- $25/hour", "USD 25-25 hour"),
        (
            "$70,000 base salary + $30,000 variable, for a total on-target earnings (OTE) of $100,000.",
            "USD 70000-70000 year",
        ),
        // Not pay.
        ("- €150 monthly travel & communication allowance", "-"),
        ("You have grown accounts with budgets of $100k+/month.", "-"),
        ("We raised $40,000,000 in funding and manage budgets of $50,000 - $100,000.", "-"),
        ("A learning budget of $2,000 per year for every one of us.", "-"),
        ("A $1,000 annual wellness stipend and a $500/month commuter allowance.", "-"),
        ("Referral bonus of $5,000 - $10,000 per year.", "-"),
        ("You close deals of $50,000 - $150,000 per year.", "-"),
        ("Life insurance up to $250,000.", "-"),
        ("We process $30,000 - $40,000 a day for our customers.", "-"),
        ("Our customers pay $20 for it.", "-"),
        ("Get $10,000 toward adoption.", "-"),
        ("Quota of $800,000 - $1,000,000 a year.", "-"),
    ]
    .into_iter()
    .map(|(text, expected)| (format!("{company}{text}\n\nCome and bake with us."), expected))
    .collect();
    let cases: Vec<(&str, &str)> = cases.iter().map(|(text, expected)| (text.as_str(), *expected)).collect();
    check(&cases, |text| parse_long(text, None));
}
