//! What only the window can say went wrong. Everything else is said by the commands.

use tillproof_api::error::ErrorView;
use tillproof_domain::locale::Locale;

/// A fault of the window itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The file name is no text.
    PathNotText,
    /// The file was not written in this session.
    NotWrittenHere,
    /// No program took the file.
    NoProgram,
    /// The list of recent workspaces cannot be written.
    ListNotKept,
    /// The settings of this machine cannot be written.
    SettingsNotKept,
    /// The key store of the system did not keep or forget the passphrase.
    KeyStoreRefused,
    /// The folder for copies was not chosen in a dialog.
    FolderNotChosen,
    /// The app itself is at fault.
    Unexpected,
}

impl Fault {
    /// The fault in one language.
    pub(crate) fn view(self, locale: Locale) -> ErrorView {
        let (code, message, hint) = match (self, locale) {
            (Self::PathNotText, Locale::En) => (
                "path-not-text",
                "The name of this file or folder has characters that Tillproof cannot read.",
                "Rename it and choose it again.",
            ),
            (Self::PathNotText, Locale::De) => (
                "path-not-text",
                "Der Name dieser Datei oder dieses Ordners enthält Zeichen, die Tillproof nicht lesen kann.",
                "Benennen Sie sie um und wählen Sie sie noch einmal aus.",
            ),
            (Self::NotWrittenHere, Locale::En) => (
                "not-written-here",
                "Tillproof opens only files that it has written since it was started.",
                "Open the file from its folder, or export it again.",
            ),
            (Self::NotWrittenHere, Locale::De) => (
                "not-written-here",
                "Tillproof öffnet nur Dateien, die es seit dem Start selbst geschrieben hat.",
                "Öffnen Sie die Datei aus ihrem Ordner, oder exportieren Sie sie noch einmal.",
            ),
            (Self::NoProgram, Locale::En) => (
                "no-program",
                "No other program could be started for this file.",
                "Open it from its folder with a program of your choice.",
            ),
            (Self::NoProgram, Locale::De) => (
                "no-program",
                "Für diese Datei ließ sich kein anderes Programm starten.",
                "Öffnen Sie sie aus ihrem Ordner mit einem Programm Ihrer Wahl.",
            ),
            (Self::ListNotKept, Locale::En) => (
                "recent-list-not-kept",
                "The list of recent files could not be changed.",
                "Check that there is space on the disk. Your data is not affected.",
            ),
            (Self::ListNotKept, Locale::De) => (
                "recent-list-not-kept",
                "Die Liste der zuletzt geöffneten Dateien ließ sich nicht ändern.",
                "Prüfen Sie, ob auf dem Datenträger noch Platz ist. Ihre Daten sind davon nicht betroffen.",
            ),
            (Self::SettingsNotKept, Locale::En) => (
                "settings-not-kept",
                "The settings of this computer could not be changed.",
                "Check that there is space on the disk. Your data is not affected.",
            ),
            (Self::SettingsNotKept, Locale::De) => (
                "settings-not-kept",
                "Die Einstellungen dieses Rechners ließen sich nicht ändern.",
                "Prüfen Sie, ob auf dem Datenträger noch Platz ist. Ihre Daten sind davon nicht betroffen.",
            ),
            (Self::KeyStoreRefused, Locale::En) => (
                "key-store-refused",
                "The key store of this computer did not do it.",
                "Unlock it and try again. The passphrase itself is as it was, and opens the file as before.",
            ),
            (Self::KeyStoreRefused, Locale::De) => (
                "key-store-refused",
                "Der Schlüsselspeicher dieses Rechners hat das nicht angenommen.",
                "Entsperren Sie ihn und versuchen Sie es noch einmal. Die Passphrase selbst ist unverändert und öffnet die Datei wie bisher.",
            ),
            (Self::FolderNotChosen, Locale::En) => (
                "folder-not-chosen",
                "This folder was not chosen in a dialog.",
                "Choose the folder for the copies once more.",
            ),
            (Self::FolderNotChosen, Locale::De) => (
                "folder-not-chosen",
                "Dieser Ordner wurde nicht in einem Dialog ausgewählt.",
                "Wählen Sie den Ordner für die Sicherungen noch einmal aus.",
            ),
            (Self::Unexpected, Locale::En) => (
                "unexpected",
                "Something went wrong inside Tillproof. What was saved before is safe.",
                "Try again. If it happens once more, close Tillproof, open it and report what you did.",
            ),
            (Self::Unexpected, Locale::De) => (
                "unexpected",
                "In Tillproof ist etwas schiefgegangen. Was vorher gespeichert war, ist sicher.",
                "Versuchen Sie es noch einmal. Geschieht es wieder, starten Sie Tillproof neu und melden Sie uns, was Sie getan haben.",
            ),
        };
        ErrorView { code: code.to_owned(), message: message.to_owned(), hint: hint.to_owned() }
    }
}
