//! An amount of money: minor units and a currency (ISO 4217).
//!
//! Deliberately absent: exchange rates, and the list of all currencies. A code has three letters.

use serde::{Deserialize, Serialize};

/// Currencies whose minor unit is not a hundredth, with the digits behind their point (ISO 4217).
const DIGITS: [(&str, u32); 26] = [
    ("BHD", 3),
    ("BIF", 0),
    ("CLF", 4),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("UYI", 0),
    ("UYW", 4),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

/// The most minor units of one amount; sums of many stay far from the end of the numbers.
const LIMIT: i64 = 100_000_000_000;

/// An amount of money, never negative.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Money {
    /// The amount in the minor unit of the currency: cents.
    pub minor: i64,
    /// The currency, ISO 4217: `EUR`.
    pub currency: String,
}

/// What is no amount of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no amount such as 120.50 EUR")]
pub struct NotMoney(pub String);

fn digits(currency: &str) -> u32 {
    DIGITS.iter().find(|(code, _)| *code == currency).map_or(2, |(_, digits)| *digits)
}

impl Money {
    /// Reads an amount with a point or a comma before the minor units: `120.50`, `120,5`, `120`.
    ///
    /// # Errors
    /// It is no amount, or no three letters.
    pub fn new(amount: &str, currency: &str) -> Result<Self, NotMoney> {
        let refused = || NotMoney(format!("{amount} {currency}"));
        let code = currency.trim().to_ascii_uppercase();
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(refused());
        }
        let amount = amount.trim().replace(',', ".");
        let (whole, part) = amount.split_once('.').unwrap_or((&amount, ""));
        let places = digits(&code);
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = u32::try_from(part.len()).is_ok_and(|length| length <= places);
        if whole.is_empty() || !all_digits(whole) || !all_digits(part) || !fits || amount.ends_with('.') {
            return Err(refused());
        }
        let width = usize::try_from(places).unwrap_or_default();
        let minor: i64 = format!("{whole}{part:0<width$}").parse().map_err(|_| refused())?;
        if minor > LIMIT { Err(refused()) } else { Ok(Self { minor, currency: code }) }
    }

    /// The amount with a point before the minor units: `120.50`.
    #[must_use]
    pub fn amount(&self) -> String {
        let places = digits(&self.currency);
        if places == 0 {
            return self.minor.to_string();
        }
        let (one, width) = (10_i64.pow(places), usize::try_from(places).unwrap_or_default());
        format!("{}.{:0width$}", self.minor / one, self.minor % one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_and_written_by_its_currency() {
        let check = |amount: &str, currency: &str, minor: i64, written: &str| {
            let money = Money::new(amount, currency).expect("an amount");
            assert_eq!((money.minor, money.amount().as_str()), (minor, written), "{amount} {currency}");
        };
        check("120.50", "EUR", 12_050, "120.50");
        check("120,5", "eur", 12_050, "120.50");
        check("0", "CHF", 0, "0.00");
        check("1200", "JPY", 1_200, "1200");
        check("1.234", "KWD", 1_234, "1.234");
        for (amount, currency) in [
            ("", "EUR"),
            ("1.234", "EUR"),
            ("1.5", "JPY"),
            ("-1", "EUR"),
            ("1.", "EUR"),
            ("1,000.50", "EUR"),
            ("1", "EURO"),
            ("1", "E1R"),
            ("99999999999999999999", "EUR"),
            ("1e3", "EUR"),
        ] {
            assert!(Money::new(amount, currency).is_err(), "{amount} {currency} was taken for money");
        }
    }
}
