//! Makes cases from a seed: what small web shops store, half of it harmless.
//!
//! Every card number is made up: a range of a scheme, random digits, a right check digit. Two sets
//! of phrases exist. The first was at hand while the rules were written; the second, with other
//! words and seeds, was written before the first run and never looked at to change a rule.

use crate::files::Content;

/// A small generator (SplitMix64), so that no dependency can change the cases.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, most: usize) -> usize {
        (self.roll() % most.max(1) as u64) as usize
    }

    pub(crate) fn pick<'t, T: ?Sized>(&mut self, all: &[&'t T]) -> &'t T {
        all[self.below(all.len())]
    }

    pub(crate) fn byte(&mut self, all: &[u8]) -> u8 {
        all[self.below(all.len())]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    fn hex(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b"0123456789abcdef"[self.below(16)])).collect()
    }
}

fn values(text: &str) -> Vec<u8> {
    text.bytes().filter(u8::is_ascii_digit).map(|c| c - b'0').collect()
}

fn checked(mut number: String) -> String {
    for last in b'0'..=b'9' {
        number.push(char::from(last));
        if tillproof_guard::luhn(&values(&number)) {
            return number;
        }
        number.pop();
    }
    unreachable!("one of ten digits is right")
}

/// A card number of a scheme: prefix and length as they occur in Europe.
pub(crate) fn card(dice: &mut Dice) -> String {
    let (prefix, length) = match dice.below(40) {
        0..=14 => (format!("4{}", dice.digits(3)), 16),
        15..=23 => (format!("5{}{}", 1 + dice.below(5), dice.digits(2)), 16),
        24..=26 => ((2221 + dice.below(500)).to_string(), 16),
        27..=29 => (["34", "37"][dice.below(2)].to_owned(), 15),
        30..=31 => (["36", "38", "300", "305"][dice.below(4)].to_owned(), 14),
        32 => ((3528 + dice.below(62)).to_string(), 16),
        33..=34 => (["6011", "65", "645"][dice.below(3)].to_owned(), 16),
        35..=36 => ("62".to_owned(), [16, 19][dice.below(2)]),
        _ => (["67", "50", "6304", "5893"][dice.below(4)].to_owned(), [16, 16, 18, 19][dice.below(4)]),
    };
    let rest = length - 1 - prefix.len();
    let body = format!("{prefix}{}", dice.digits(rest));
    checked(body)
}

pub(crate) fn masked(number: &str) -> String {
    format!("{}{}{}", &number[..6], "*".repeat(number.len() - 10), &number[number.len() - 4..])
}

fn grouped(number: &str, separator: &str) -> String {
    let sizes: &[usize] = match number.len() {
        15 => &[4, 6, 5],
        14 => &[4, 6, 4],
        16 => &[4, 4, 4, 4],
        19 => &[4, 4, 4, 4, 3],
        _ => return number.to_owned(),
    };
    let mut at = 0;
    let mut groups = Vec::new();
    for size in sizes {
        groups.push(&number[at..at + size]);
        at += size;
    }
    groups.join(separator)
}

/// As people write it.
fn written(dice: &mut Dice, number: &str) -> String {
    match dice.below(20) {
        0..=7 => number.to_owned(),
        8..=14 => grouped(number, " "),
        15..=16 => grouped(number, "-"),
        17 => grouped(number, "\u{A0}"),
        18 => grouped(number, "\u{2009}"),
        _ => grouped(number, "."),
    }
}

/// A number that only its words tell from a card number: half of them even have the check digit.
fn alike(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 | 1 => card(dice),
        2 => format!("4{}", dice.digits(15)),
        _ => {
            let length = 13 + dice.below(7);
            format!("{}{}", 1 + dice.below(9), dice.digits(length - 1))
        }
    }
}

fn ean(dice: &mut Dice) -> String {
    let prefix = ["400", "401", "405", "426", "437", "501", "540", "590", "871", "978"][dice.below(10)];
    let body = format!("{prefix}{}", dice.digits(9));
    let sum: u32 =
        values(&body).iter().enumerate().map(|(at, digit)| u32::from(*digit) * if at % 2 == 0 { 1 } else { 3 }).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

fn iban(dice: &mut Dice) -> String {
    let body = dice.digits(18);
    let number = format!("{body}131400");
    let rest = number.bytes().fold(0_u32, |rest, c| (rest * 10 + u32::from(c - b'0')) % 97);
    let whole = format!("DE{:02}{body}", 98 - rest);
    if dice.below(3) == 0 {
        whole
    } else {
        whole.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect::<Vec<_>>().join(" ")
    }
}

/// The words of one set.
pub(crate) struct Words {
    cards: &'static [&'static str],
    behind: &'static [&'static str],
    others: &'static [&'static str],
    columns: &'static [&'static str],
    card_columns: &'static [&'static str],
    filler: &'static [&'static str],
}

pub(crate) const FIRST: Words = Words {
    cards: &[
        "Kreditkarte: #",
        "Kartennummer #",
        "Bitte buchen Sie von meiner Visa # ab.",
        "Karte # des Kunden",
        "Card number: #",
        "Please charge my card #.",
        "Zahlung mit Mastercard # erfolgt",
        "PAN: #",
        "Kunde nannte am Telefon #",
        "#",
        "Hier die Nummer: #",
        "paid with # yesterday",
        "card=#",
        "Amex/Visa: #",
        "Notiz: #",
        "Bestellung 4711: #",
        "Kundin Meier, #",
        "Kartendaten: #",
        "cc_number=#",
        "customer gave # by phone",
    ],
    behind: &["", "", " gültig bis 08/27", " exp 12/26", " CVC 123", ", 03/2028", " 11/27 456", " Danke!", " (Visa)"],
    others: &[
        "Bestellnummer: #",
        "Bestell-Nr. #",
        "Order no. #",
        "Order ID: #",
        "order_id=#",
        "Auftragsnummer #",
        "Sendungsnummer #",
        "Sendungsnummer DHL: #",
        "Tracking number #",
        "Paketnummer: #",
        "Rechnungsnummer #",
        "Rechnung Nr. #",
        "Invoice no. #",
        "Kundennummer: #",
        "Customer ID #",
        "Transaktions-ID: #",
        "transaction id #",
        "Referenz #",
        "Verwendungszweck: #",
        "Seriennummer: #",
        "Artikelnummer #",
        "Ihre Bestellung # ist unterwegs",
        "Your order # has shipped",
        "# ist Ihre Bestellnummer",
        "https://shop.example/orders/#",
        "Gutscheincode #",
        "Bestellung #",
        "Telefon #",
        "IMEI #",
        "Händler-ID #",
        "INV-#",
        "ID: #",
    ],
    columns: &[
        "Bestellnummer",
        "order_id",
        "Sendungsnummer",
        "Tracking",
        "Rechnungsnr",
        "invoice_no",
        "Kundennummer",
        "customer_id",
        "Transaktions-ID",
        "EAN",
        "reference",
    ],
    card_columns: &["Kartennummer", "card_number", "Kreditkarte", "PAN", "Zahlung", "Notiz", "Bemerkung", "card"],
    filler: &[
        "Sehr geehrte Damen und Herren,",
        "Vielen Dank für Ihre Bestellung.",
        "Tasse blau, 2 Stück, 19,98 EUR",
        "Kind regards",
        "Lieferung bis 24.12.2024",
        "Summe 1.234,50 EUR",
        "PLZ 20095 Hamburg, Tel. 040 1234567",
        "Versand mit DHL",
    ],
};

pub(crate) const HELD_OUT: Words = Words {
    cards: &[
        "Abbuchung von Kreditkarte # gewünscht",
        "meine Visa Card lautet #",
        "KK-Nr.: #",
        "Belastung der Karte #",
        "cardNumber -> #",
        "Credit card # on file",
        "He dictated # to me",
        "Nummer vom Anruf heute früh: #",
        "#, bitte heute noch abrechnen",
        "use # for the deposit",
        "MasterCard #",
        "Zahlungsmittel: #",
        "Reservierung auf #",
        "American Express #",
        "primary account number #",
        "Herr Schulz hat # durchgegeben",
        "debit card #",
        "Order 998, charged #",
        "Anzahlung über # ok",
        "stored: #",
    ],
    behind: &["", "", " gueltig 09/29", " valid thru 01/28", " CVV: 987", " – 05/2027", " 02/29", " MfG", " Gruß Tom"],
    others: &[
        "Auftragsnr.: #",
        "Ihre Auftragsnummer lautet #",
        "Vorgangsnummer #",
        "Purchase order #",
        "PO number #",
        "Your tracking code is #",
        "Sendung # zugestellt",
        "Frachtbriefnummer #",
        "Belegnummer: #",
        "Rechnungs-Nr. #",
        "Invoice # overdue",
        "Mitgliedsnummer #",
        "Debitorennummer #",
        "Kd-Nr. #",
        "payment reference #",
        "charge id #",
        "Mandatsreferenz: #",
        "Barcode #",
        "GTIN #",
        "Lot number #",
        "Chargennummer #",
        "S/N #",
        "Zollnummer #",
        "Vertragsnummer: #",
        "Retourennummer #",
        "Voucher code #",
        "Ticket-ID #",
        "Mobil: #",
        "Kontonummer #",
        "sessionId: #",
        "RE-#",
        "parcel id #",
    ],
    columns: &[
        "Auftragsnummer",
        "orderNumber",
        "Paketnummer",
        "tracking_code",
        "Belegnummer",
        "Invoice",
        "Kunden-Nr.",
        "userId",
        "Vorgang",
        "GTIN",
        "Referenznummer",
    ],
    card_columns: &["Kreditkartennummer", "cc_number", "Karte", "pan", "Zahlart", "Kommentar", "Hinweis", "creditCard"],
    filler: &[
        "Hallo zusammen,",
        "wir haben Ihre Ware heute verschickt.",
        "1x Kerze rot 12,90 €",
        "Best wishes, the team",
        "Abholung am 03.02.2025 um 14:30 Uhr",
        "Total: EUR 99.00",
        "Musterweg 12, 80331 München",
        "Lieferzeit 2-3 Werktage",
    ],
};

/// One made case: what it holds and what must be found, sorted.
pub(crate) struct Made {
    pub(crate) content: Content,
    pub(crate) expect: Vec<String>,
}

pub(crate) fn made(dice: &mut Dice, words: &Words, table: bool, harmful: bool) -> Made {
    let mut content = Content::default();
    let mut expect = Vec::new();
    if table {
        let name = if harmful { dice.pick(words.card_columns) } else { dice.pick(words.columns) };
        let other = dice.pick(words.columns);
        content.rows.push(vec!["Datum".into(), other.into(), "Name".into(), name.into(), "Betrag".into()]);
        for _ in 0..1 + dice.below(4) {
            let number = if harmful {
                let number = card(dice);
                expect.push(format!("card {}", masked(&number)));
                // A table cell of 17 and more digits keeps its digits only as text.
                if dice.below(3) == 0 { grouped(&number, " ") } else { number }
            } else {
                look_alike(dice, name)
            };
            let date = format!("{:02}.{:02}.2024", 1 + dice.below(28), 1 + dice.below(12));
            let price = format!("{}.{:02}", dice.below(300), dice.below(100));
            content.rows.push(vec![
                date,
                look_alike(dice, other),
                dice.pick(&["Max Muster", "Eva Klein", "John Doe", "Zoë Groß"]).into(),
                number,
                price,
            ]);
        }
    } else {
        for _ in 0..dice.below(3) {
            content.lines.push(dice.pick(words.filler).into());
        }
        if harmful {
            for _ in 0..1 + dice.below(2) {
                let number = card(dice);
                let line = dice.pick(words.cards).replace('#', &written(dice, &number)) + dice.pick(words.behind);
                content.lines.push(line);
                expect.push(format!("card {}", masked(&number)));
                if dice.below(4) == 0 {
                    content.lines.push(harmless(dice, words));
                }
            }
        } else {
            for _ in 0..1 + dice.below(3) {
                content.lines.push(harmless(dice, words));
            }
        }
        for _ in 0..dice.below(2) {
            content.lines.push(dice.pick(words.filler).into());
        }
    }
    expect.sort();
    Made { content, expect }
}

/// What stands in a column of that name.
fn look_alike(dice: &mut Dice, column: &str) -> String {
    if column == "EAN" || column == "GTIN" { ean(dice) } else { alike(dice) }
}

fn harmless(dice: &mut Dice, words: &Words) -> String {
    match dice.below(24) {
        0..=10 => dice.pick(words.others).replace('#', &alike(dice)),
        11 => format!("EAN {}", ean(dice)),
        12 => format!("Artikel {} ab Lager", ean(dice)),
        13..=14 => format!("IBAN {}", iban(dice)),
        15 => iban(dice),
        16 => format!("+49 {} {} {}", 151 + dice.below(28), dice.digits(4), dice.digits(4)),
        17 => format!("{}-{}-4{}-a{}-{}", dice.hex(8), dice.hex(4), dice.hex(3), dice.hex(3), dice.hex(12)),
        18 => format!("SHA-256 {}", dice.hex(64)),
        19 => format!("ts 17{}", dice.digits(11)),
        20 => format!("{{\"t\":17{}}}", dice.digits(14)),
        21 => format!("{}.{}, {}.{}", 47 + dice.below(8), dice.digits(15), 6 + dice.below(9), dice.digits(15)),
        22 => format!("30{}-{}-{}", 2 + dice.below(4), dice.digits(7), dice.digits(7)),
        _ => format!("USt-IdNr. DE{} Bestellung vom {:02}.11.2024", dice.digits(9), 1 + dice.below(28)),
    }
}
