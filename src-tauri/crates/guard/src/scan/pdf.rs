//! The text of a PDF, page by page.
//!
//! Deliberately absent: form objects inside of pages, text that is drawn as paths or pictures, and
//! the order in which a reader sees the pieces of a page.

use super::sink::{Sink, Stop};
use super::{LIMIT_BYTES, Reason};
use lopdf::{Document, LoadOptions, Object};
use std::sync::mpsc;
use std::time::Duration;

/// Stack of the thread that reads: deep nesting must not end the program.
const STACK: usize = 32 * 1024 * 1024;

/// How long a single page may take: 240 times a quarter of a second.
const PATIENCE: usize = 240;
const BEAT: Duration = Duration::from_millis(250);

/// Bytes that one stream may unpack to.
const LIMIT_STREAM: usize = LIMIT_BYTES as usize;

/// Most pages that are read.
const LIMIT_PAGES: usize = 5_000;

enum Message {
    Page(u32, String),
    Notes(String),
    Missed(Reason),
}

/// Looks into a PDF. A thread of its own reads it, as hostile files may make the reader panic or
/// hang; then the report says so, and the program goes on.
pub(super) fn pdf(bytes: Vec<u8>, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let (sender, receiver) = mpsc::sync_channel(4);
    let thread = std::thread::Builder::new().name("guard-pdf".into()).stack_size(STACK);
    let Ok(thread) = thread.spawn(move || read(&bytes, &sender)) else { return sink.skipped(Reason::Damaged) };
    let mut waited = 0;
    let mut looked = false;
    loop {
        match receiver.recv_timeout(BEAT) {
            Ok(Message::Missed(reason)) => sink.skipped(reason)?,
            Ok(Message::Page(number, text)) => {
                looked = true;
                waited = 0;
                show(sink, &format!("page {number}"), &text)?;
            }
            Ok(Message::Notes(text)) => show(sink, "notes", &text)?,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                sink.ask()?;
                waited += 1;
                if waited > PATIENCE {
                    return sink.skipped(Reason::TooSlow);
                }
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    if thread.join().is_err() {
        sink.skipped(Reason::Damaged)?;
    }
    if looked { sink.looked() } else { sink.skipped(Reason::NoText) }
}

fn show(sink: &mut Sink<'_>, part: &str, text: &str) -> Result<(), Stop> {
    let part = if sink.part().is_empty() { part.to_owned() } else { format!("{} {part}", sink.part()) };
    let before = sink.enter(&part);
    sink.text(text)?;
    sink.end_text();
    sink.leave(before);
    Ok(())
}

/// Reads the document and sends what it has. It ends when nobody listens any more.
fn read(bytes: &[u8], sender: &mpsc::SyncSender<Message>) {
    let options = LoadOptions { max_decompressed_size: Some(LIMIT_STREAM), ..LoadOptions::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(error) => {
            let protected = matches!(error, lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_));
            let _ = sender.send(Message::Missed(if protected { Reason::Encrypted } else { Reason::Damaged }));
            return;
        }
    };
    if document.is_encrypted() && document.encryption_state.is_none() {
        let _ = sender.send(Message::Missed(Reason::Encrypted));
        return;
    }
    let pages = document.get_pages();
    if pages.len() > LIMIT_PAGES && sender.send(Message::Missed(Reason::TooLarge)).is_err() {
        return;
    }
    if pages.is_empty() && sender.send(Message::Missed(Reason::Damaged)).is_err() {
        return;
    }
    for number in pages.keys().take(LIMIT_PAGES) {
        let mut text = String::new();
        let mut broken = false;
        for piece in document.extract_text_chunks_with_limit(&[*number], LIMIT_STREAM) {
            match piece {
                Ok(piece) => text.push_str(&piece),
                Err(_) => broken = true,
            }
        }
        let message = if text.trim().is_empty() {
            Message::Missed(if broken { Reason::Damaged } else { Reason::NoText })
        } else {
            Message::Page(*number, text)
        };
        if sender.send(message).is_err() {
            return;
        }
    }
    let _ = sender.send(Message::Notes(notes(&document)));
}

/// What people typed into forms and notes: PDF 32000-1, 12.5.2 (`Contents`) and 12.7.3 (`V`).
fn notes(document: &Document) -> String {
    let mut text = String::new();
    for object in document.objects.values() {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &stream.dict,
            _ => continue,
        };
        let label = dictionary.get(b"T").ok().and_then(|label| lopdf::decode_text_string(label).ok());
        for key in [&b"V"[..], b"Contents", b"Title", b"Subject", b"Keywords"] {
            let Ok(value @ Object::String(..)) = dictionary.get(key) else { continue };
            if let Ok(value) = lopdf::decode_text_string(value) {
                if let Some(label) = &label {
                    text.extend(label.chars().take(60));
                    text.push_str(": ");
                }
                text.push_str(&value);
                text.push_str("\n\n");
            }
        }
        if text.len() > LIMIT_STREAM {
            break;
        }
    }
    text
}
