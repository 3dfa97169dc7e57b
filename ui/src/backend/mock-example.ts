// The example shop of the mock: a beekeeper in the middle of the work, with gaps, overdue tasks and ageing proof.

import type { Progress, Verdict } from '../bindings/api';
import * as catalogue from './mock-catalogue';
import type { NewEvidence } from './mock-evidence';
import { exampleProviders } from './mock-providers';
import { ago, inDays, type Workspace } from './mock-memory';
import { blank } from './mock-tasks';

interface Tools {
  add(workspace: Workspace, given: NewEvidence): { id: string };
  answerKey(assessment: string, requirement: string): string;
  record(workspace: Workspace, command: string, words: { en: string; de: string }, subjects: string[], at?: string): void;
}

const PATTERN: Verdict[] = [
  'in-place',
  'in-place',
  'not-in-place',
  'in-place',
  'unanswered',
  'partly',
  'in-place',
  'not-applicable',
  'unanswered',
  'in-place',
  'in-place-ccw',
  'unanswered',
];

const NOTES: Partial<Record<Verdict, string>> = {
  'in-place': 'Im Adminbereich von Shopware geprüft; Bildschirmfoto liegt bei.',
  partly: 'Shop und Postfach sind fertig. Beim Hoster fehlt noch das Konto der Agentur.',
  'not-in-place': 'Angebot der Agentur liegt vor, Umsetzung im Dezember.',
};

export function fill(workspace: Workspace, { add, answerKey, record }: Tools): void {
  Object.assign(workspace.profile, {
    trading_name: 'honig-sommer.de',
    address: 'Lindenweg 4\n79100 Freiburg',
    website: 'https://www.honig-sommer.de',
    platform: 'Shopware 6',
    payment_provider: 'Mollie',
    contact_name: 'Anna Sommer',
    contact_role: 'Inhaberin',
    contact_email: 'anna@honig-sommer.de',
    staff: 3,
    channels: ['e-commerce'],
    payment_description: 'Kunden zahlen auf der Seite von Mollie. Wir sehen keine Kartendaten.',
    finder_answers: {
      'service-provider': 'no',
      'electronic-storage': 'no',
      'web-shop': 'yes',
      'own-server': 'no',
      'providers-compliant': 'yes',
      'provider-page': 'yes',
      'paper-only': 'yes',
      'page-reached': 'redirect',
    },
  });

  for (const framework of catalogue.frameworks) {
    const scope = framework.scopes[0]?.id ?? '';
    const criteria = Object.fromEntries((framework.criteria[scope] ?? []).slice(0, 5).map((one) => [one.id, true]));
    workspace.assessments.push({
      id: `assessment-${framework.id}`,
      framework: framework.id,
      scope,
      period_start: inDays(-40),
      period_end: inDays(325),
      criteria,
    });
    record(workspace, 'start_assessment',
      { en: `Assessment started: ${framework.texts.en.name}`, de: `Bewertung begonnen: ${framework.texts.de.name}` }, [], ago(40));
  }

  let index = 0;
  for (const framework of catalogue.frameworks) {
    for (const requirement of framework.requirements) {
      if (!((framework.scopes[0]?.id ?? '') in requirement.scopes)) continue;
      let verdict = PATTERN[index % PATTERN.length] ?? 'unanswered';
      index += 1;
      if (verdict !== 'unanswered' && !framework.verdicts.includes(verdict)) verdict = verdict === 'partly' ? 'not-in-place' : 'in-place';
      if (verdict === 'unanswered') continue;
      const days = 38 - (index % 36);
      const progress: Progress = verdict === 'in-place' ? 'done' : 'in-progress';
      workspace.answers.set(answerKey(`assessment-${framework.id}`, requirement.id), {
        verdict,
        progress,
        note: NOTES[verdict] ?? '',
        justification:
          verdict === 'not-applicable'
            ? 'Wir bewahren keine Kartendaten auf, auch nicht auf Papier. Geprüft am 3. November.'
            : verdict === 'in-place-ccw'
              ? 'Das Altsystem kann keine 12 Zeichen. Dafür ist es nur aus dem Büro und nur mit MFA erreichbar.'
              : '',
        worksheet:
          verdict === 'in-place-ccw'
            ? { constraints: 'Das Altsystem nimmt höchstens acht Zeichen an; der Hersteller liefert nichts Neues.', definition: 'Zugang nur aus dem Büro und nur mit MFA, seit Mai.' }
            : verdict === 'not-applicable' && index % 2 === 0
              ? { checked: 'Am 3. November das Büro und alle Einstellungen des Shops durchgesehen.' }
              : {},
        target_date: verdict === 'not-in-place' ? inDays(25) : null,
        answered_at: ago(days),
        answered_by: 'Anna Sommer',
        rev: 1,
      });
      record(workspace, 'answer_requirement',
        { en: `${requirement.number} answered`, de: `${requirement.number} beantwortet` }, [requirement.id], ago(days));
    }
  }

  const some = (framework: string, from: number, to: number) =>
    catalogue.frameworks.find((one) => one.id.startsWith(framework))?.requirements.slice(from, to).map((one) => one.id) ?? [];

  const aoc = add(workspace, { name: 'AOC Mollie 2026.pdf', requirements: some('pci', 0, 3), collected_on: inDays(-60), size: 1_284_311 });
  add(workspace, { name: 'ASV-Scan Q3.pdf', requirements: some('pci', 3, 5), collected_on: inDays(-100), valid_until: inDays(-10), size: 642_118 });
  add(workspace, { name: 'Benutzerliste Shopware.png', requirements: [...some('shop', 0, 1), ...some('gdpr', 0, 1)], collected_on: inDays(-12), base64: PICTURE, size: 2_310 });
  add(workspace, { name: 'AVV Hoster unterschrieben.pdf', requirements: some('gdpr', 4, 6), collected_on: inDays(-200), valid_until: inDays(18), size: 311_870 });
  add(workspace, {
    name: 'TLS-Test honig-sommer.de.txt',
    requirements: some('shop', 0, 3),
    collected_on: inDays(-3),
    text: 'Host: www.honig-sommer.de\nProtokolle: TLS 1.2, TLS 1.3\nZertifikat gültig bis: 14.02.2027\nHSTS: max-age=31536000\n<b>kein HTML</b>\n',
  });

  add(workspace, { kind: 'note', name: 'Telefonat mit dem Hoster.txt', title: 'Telefonat mit dem Hoster', source: 'Frau Keller, Hosting Nord', confidentiality: 'confidential', requirements: some('pci', 4, 5), collected_on: inDays(-2), text: 'Passwörter haben mindestens 12 Zeichen; das setzt der Hoster durch.\n' });
  add(workspace, { kind: 'link', name: 'hilfe.example.uri', title: 'Hilfe des Zahlungsdienstleisters', requirements: some('pci', 2, 3), collected_on: inDays(-1), text: 'https://hilfe.example/sicherheit\r\n' });

  workspace.providers = exampleProviders(aoc.id);

  const task = (title: string, requirement: string | undefined, due: number | null, rest: Partial<Workspace['tasks'][number]> = {}) =>
    workspace.tasks.push({
      ...blank(`task-${workspace.tasks.length + 1}`, title),
      due: due === null ? null : inDays(due),
      requirements: requirement ? [requirement] : [],
      created_at: ago(30),
      ...rest,
    });
  task('MFA für das Konto der Agentur einschalten', some('shop', 0, 1)[0], -4, { owner: 'Anna Sommer', priority: 'urgent', status: 'in-progress' });
  task('Neuen ASV-Scan beauftragen', some('pci', 3, 4)[0], 6, {
    owner: 'Agentur Nordlicht',
    priority: 'high',
    status: 'waiting',
    rule: 'FREQ=MONTHLY;INTERVAL=3',
    effort_minutes: 90,
    cost: { amount: '120.00', currency: 'EUR' },
    links: ['https://asv.example/scan'],
    comments: [{ at: ago(2), author: 'Anna Sommer', text: 'Angebot angefragt, Antwort bis Freitag zugesagt.', card_data_reason: null }],
  });
  task('Löschfristen im Verzeichnis von Verarbeitungstätigkeiten ergänzen', some('gdpr', 6, 7)[0], 20, { owner: 'Anna Sommer' });
  task('Alte Zugänge der früheren Agentur entfernen', some('shop', 5, 6)[0], null, { priority: 'high' });
  task('Kurze Schulung zu gefälschten E-Mails', some('shop', 8, 9)[0], 40, { owner: 'Jonas Weber', priority: 'low', effort_minutes: 60 });
  task('Datenschutzerklärung auf neuen Newsletter-Dienst anpassen', some('gdpr', 2, 3)[0], -20, { owner: 'Anna Sommer', status: 'done', closed_at: ago(9) });

  record(workspace, 'attach_evidence', { en: 'Proof attached: TLS-Test honig-sommer.de.txt', de: 'Nachweis angehängt: TLS-Test honig-sommer.de.txt' }, some('shop', 0, 3), ago(3));
  record(workspace, 'add_task', { en: 'Task made: Neuen ASV-Scan beauftragen', de: 'Aufgabe angelegt: Neuen ASV-Scan beauftragen' }, ['task-2'], ago(1));
}

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGP8//8/A27AhEduJEsDAKXvAw0yM7tYAAAAAElFTkSuQmCC';
