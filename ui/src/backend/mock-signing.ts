// The mock's part for signing: the key of a workspace, certificate files, and checking a signed PDF.

import type { Locale, ReportVerified, SignatureView, SigningKeyView, SignReport } from '../bindings/api';
import { ACTOR, hash, identifier, problem, record, type Memory, type MockCommands, type Workspace } from './mock-memory';

/** The certificate file that is chosen, and its password. */
export const CERTIFICATE_FILE = '/home/anna/Dokumente/anna-sommer.p12';
export const CERTIFICATE_PASSWORD = 'honig';
/** A signed report; every other PDF was changed. */
export const SIGNED_REPORT = '/home/anna/Dokumente/Bericht Imkerei Sommer.pdf';

const keys = new WeakMap<Workspace, SigningKeyView>();

const inYears = (years: number) => {
  const date = new Date();
  date.setFullYear(date.getFullYear() + years);
  return date.toISOString();
};

const ofKey = (key: SigningKeyView): SignatureView => ({
  name: key.name,
  issuer: key.name,
  self_made: true,
  fingerprint: key.fingerprint,
  valid_until: key.valid_until,
  signed_at: new Date().toISOString(),
});

const ofFile = (): SignatureView => ({
  name: 'Anna Sommer',
  issuer: 'D-Trust Application Certificates CA',
  self_made: false,
  fingerprint: hash('anna'),
  valid_until: inYears(2),
  signed_at: new Date().toISOString(),
});

/** Who signs a report; null for nobody. */
export function signer(workspace: Workspace, sign: SignReport | undefined, locale: Locale): SignatureView | null {
  if (!sign) return null;
  const key = keys.get(workspace);
  if (sign.with === 'workspace') {
    if (!key) throw noKey(locale);
    return ofKey(key);
  }
  if (sign.password !== CERTIFICATE_PASSWORD)
    throw problem(
      'pkcs12-password-wrong', locale, `The password does not open ${sign.pkcs12_path}.`, `Das Passwort öffnet ${sign.pkcs12_path} nicht.`,
      'Check capital letters and keyboard layout.', 'Prüfen Sie Großschreibung und Tastaturbelegung.',
    );
  return ofFile();
}

const noKey = (locale: Locale) =>
  problem('no-signing-key', locale, 'This file has no key for signing.', 'Diese Datei hat keinen Schlüssel zum Signieren.');

export function signingCommands(memory: Memory) {
  const state = () => ({ key: keys.get(memory.need()) ?? null, can_keep: memory.need().passphrase !== null });
  return {
    signing_key: state,
    make_signing_key(request, locale) {
      const workspace = memory.need();
      if (workspace.passphrase === null)
        throw problem(
          'key-needs-passphrase', locale, 'This file is not encrypted, so it cannot keep a key.',
          'Diese Datei ist nicht verschlüsselt und kann deshalb keinen Schlüssel aufbewahren.',
        );
      const name = request.name ?? workspace.profile.name;
      const now = new Date().toISOString();
      keys.set(workspace, {
        id: identifier(), name, fingerprint: hash(`key ${name}`), valid_from: now, valid_until: inYears(5), expired: false, made_at: now, made_by: ACTOR, rev: 1,
      });
      record(workspace, 'make_signing_key', { en: `Key for signing reports made, in the name of ${name}`, de: `Schlüssel zum Signieren angelegt, auf den Namen ${name}` }, []);
      return state();
    },
    remove_signing_key(request, locale) {
      const workspace = memory.need();
      const key = keys.get(workspace);
      if (!key) throw noKey(locale);
      keys.delete(workspace);
      record(workspace, 'remove_signing_key', { en: `Key removed: ${key.name}. Reason: ${request.reason}`, de: `Schlüssel entfernt: ${key.name}. Grund: ${request.reason}` }, []);
      return state();
    },
    export_certificate: (request) => ({ path: request.path, size: 742, sha256: hash(request.path) }),
    verify_report: (request, locale) => checked(request.path, locale),
  } satisfies Partial<MockCommands>;
}

function checked(path: string, locale: Locale): ReportVerified {
  const ok = path === SIGNED_REPORT;
  const say = (en: string, de: string) => (locale === 'de' ? de : en);
  const { signed_at, ...facts } = ofKey({
    id: '', name: 'Imkerei Sommer', fingerprint: hash('key Imkerei Sommer'), valid_from: '', valid_until: inYears(4), expired: false, made_at: '', made_by: '', rev: 1,
  });
  return {
    ok,
    summary: ok ? say('This PDF is just as it was signed.', 'Dieses PDF ist genau so, wie es signiert wurde.') : say('Something is wrong with the signature of this PDF.', 'Mit der Signatur dieses PDFs stimmt etwas nicht.'),
    path,
    size: 431_002,
    sha256: hash(path),
    signatures: [
      {
        ...facts,
        ok,
        valid_from: inYears(-1),
        signed_at,
        reason: say('Report on the journal up to entry 60', 'Bericht über das Journal bis Eintrag 60'),
        problems: ok ? [] : [{ code: 'added-after', message: say('Something was added to the PDF after it was signed.', 'Dem PDF wurde nach dem Signieren etwas hinzugefügt.') }],
      },
    ],
    not_proven: [
      say(
        'Who signed. The certificate is self-made, so the name in it is only a claim. Compare its fingerprint with the one that the merchant gives you.',
        'Wer signiert hat. Das Zertifikat ist selbst gemacht, der Name darin also nur eine Behauptung. Vergleichen Sie den Fingerabdruck mit dem, den der Händler Ihnen nennt.',
      ),
      say('When it was signed. The time comes from the clock of who signed.', 'Wann signiert wurde. Die Zeit kommt von der Uhr dessen, der signiert hat.'),
    ],
  };
}
