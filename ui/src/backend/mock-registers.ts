// The registers of the GDPR on the mock: as much of the rules as the window needs to be looked at and tested. The words of
// states and of what is missing are those of the backend.

import api from '../../../src-tauri/crates/api/messages/en.json';
import apiDe from '../../../src-tauri/crates/api/messages/de.json';
import type {
  AddBreach,
  BreachKind,
  BreachPart,
  BreachRisk,
  BreachState,
  BreachView,
  ClockState,
  LegalBasis,
  Locale,
  PersonRequestView,
  PersonRight,
  ProcessingPart,
  ProcessingView,
  Register,
  RegisterClock,
  RequestOutcome,
  RequestState,
  SetBreach,
  SetPersonRequest,
  SetProcessing,
} from '../bindings/api';
import type { CommandName, Request, Response } from './host';
import { activities } from './mock-checklists';

type Some = { [K in CommandName]?: (request: Request<K>, locale: Locale) => Response<K> };
interface Rows {
  processing: Omit<ProcessingView, 'lacks'>[];
  requests: Omit<PersonRequestView, 'due' | 'safe' | 'days_left' | 'state' | 'state_text' | 'right_text'>[];
  breaches: Omit<BreachView, 'due_at' | 'hours_left' | 'state' | 'state_text' | 'lacks'>[];
}
interface Open {
  path: string;
  profile: { country: string; address: string };
  evidence: { id: string; name: string }[];
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
const kept = new Map<string, Rows>();
let counter = 0;

const isoDay = (date: Date) => date.toISOString().slice(0, 10);
const dayAgo = (days: number) => isoDay(new Date(Date.now() - days * DAY));
const id = () => `0193a1b2-0000-7000-8100-${(counter += 1).toString(16).padStart(12, '0')}`;

function say(locale: Locale, group: string, key: string): string {
  const all = (locale === 'de' ? apiDe : api) as unknown as Record<string, Record<string, string>>;
  return all[group]?.[key] ?? key;
}

/** The register that proves a requirement. */
export function registerOf(requirement: string): Register | null {
  const number = requirement.startsWith('gdpr:') ? requirement.slice(5) : '';
  if (number === '30.1') return 'processing';
  if (/^(7\.3|12\.3)$|^(1[5-9]|2[0-2])(\.|$)/.test(number)) return 'person-requests';
  return /^3[34](\.|$)/.test(number) ? 'breaches' : null;
}

function rowsOf(path: string): Rows {
  const known = kept.get(path);
  if (known) return known;
  const made: Rows = { processing: [], requests: [], breaches: [] };
  kept.set(path, made);
  if (path.includes('Imkerei')) example(made);
  return made;
}

/** Periods that run or have ended, the most urgent first. */
export function clocksOf(path: string, locale: Locale): RegisterClock[] {
  const { requests, breaches } = rowsOf(path);
  const late = (state: string): ClockState => (state === 'overdue' ? 'overdue' : state === 'due-soon' || state === 'clock-running' ? 'due-soon' : 'running');
  return [
    ...breaches.map((row) => breachView(row, locale)).filter((one) => one.state === 'clock-running' || one.state === 'overdue')
      .map((one) => ({ register: 'breaches' as const, id: one.id, title: one.title, due: one.due_at, state: late(one.state) })),
    ...requests.map((row) => requestView(row, locale)).filter((one) => !one.answered_on)
      .map((one) => ({ register: 'person-requests' as const, id: one.id, title: one.right_text, due: one.due, state: late(one.state) })),
  ].sort((a, b) => a.due.localeCompare(b.due));
}

export function registerCommands(memory: { need(): Open }) {
  const rows = (): Rows => rowsOf(memory.need().path);
  const find = <T extends { id: string }>(list: T[], wanted: string, locale: Locale): T => {
    const one = list.find((row) => row.id === wanted);
    if (one) return one;
    throw { code: 'not-found', message: say(locale, 'error', 'not-found'), hint: say(locale, 'hint', 'not-found') };
  };
  const refuse = (code: string, locale: Locale): never => {
    throw { code, message: say(locale, 'error', code), hint: say(locale, 'hint', code) };
  };
  const links = (ids: string[]) => memory.need().evidence.filter((one) => ids.includes(one.id)).map(({ id, name }) => ({ id, name }));
  const whole = (row: Rows['processing'][number], locale: Locale) => processingView(row, memory.need().profile.address !== '', locale);

  const setProcessing = (row: Rows['processing'][number], { processing: _id, rev: _rev, allow_card_data, providers: _providers, legal_bases, ended, ...rest }: SetProcessing) => {
    Object.assign(row, rest);
    if (legal_bases) row.legal_bases = legal_bases as LegalBasis[];
    if (ended !== undefined) row.ended = ended || null;
    if (allow_card_data) row.card_data_reason = allow_card_data;
  };
  const setRequest = (row: Rows['requests'][number], { request: _id, rev: _rev, allow_card_data, evidence, ...rest }: SetPersonRequest, locale: Locale) => {
    const next = { ...row, ...rest } as Rows['requests'][number];
    for (const field of ['identity_checked_on', 'extension_reason', 'extension_told_on', 'answered_on', 'outcome'] as const) {
      if (next[field] === '' as never) next[field] = null;
    }
    if (!next.reference.trim()) refuse('reference-missing', locale);
    if ((next.extension_reason === null) !== (next.extension_told_on === null)) refuse('extension-incomplete', locale);
    if (next.answered_on && !next.outcome) refuse('outcome-missing', locale);
    if (next.outcome && !next.answered_on) refuse('answered-on-missing', locale);
    if (next.outcome === 'refused' && !next.outcome_reason.trim()) refuse('refusal-reason-missing', locale);
    if (evidence) next.evidence = links(evidence);
    if (allow_card_data) next.card_data_reason = allow_card_data;
    Object.assign(row, next);
  };
  const setBreach = (row: Rows['breaches'][number], { breach: _id, rev: _rev, allow_card_data, evidence, ...rest }: SetBreach, locale: Locale) => {
    const next = { ...row, ...rest } as Rows['breaches'][number];
    for (const field of ['happened_at', 'risk', 'notified_at', 'persons_informed_on', 'closed_on'] as const) {
      if (next[field] === '' as never) next[field] = null;
    }
    const complete = (text: string | null) => text === null || /T.*(Z|[+-]\d\d:\d\d)$/.test(text);
    if (![next.aware_at, next.happened_at, next.notified_at].every(complete)) refuse('invalid-instant', locale);
    if (rest.not_notified_reason?.trim() && next.risk !== 'no-risk') refuse('risk-needs-notification', locale);
    const settled = next.notified_at !== null || (next.risk === 'no-risk' && next.not_notified_reason.trim() !== '');
    if (next.closed_on && !settled) refuse('closed-unnotified', locale);
    if (evidence) next.evidence = links(evidence);
    if (allow_card_data) next.card_data_reason = allow_card_data;
    Object.assign(row, next);
  };

  return {
    add_processing(request, locale) {
      const row = activity(request.name);
      setProcessing(row, { processing: '', ...request });
      rows().processing.push(row);
      return whole(row, locale);
    },
    set_processing(request, locale) {
      const row = find(rows().processing, request.processing, locale);
      setProcessing(row, request);
      row.rev += 1;
      return whole(row, locale);
    },
    list_processing: (request, locale) => ({
      activities: rows()
        .processing.filter((row) => request.all || row.ended === null)
        .map((row) => whole(row, locale))
        .filter((view) => !request.lacking || view.lacks.length > 0)
        .sort((a, b) => a.name.localeCompare(b.name)),
    }),
    start_processing(request, locale) {
      const known = rows().processing;
      const offered = activities(memory.need().profile.country, locale).filter((one) => !request.templates || request.templates.includes(one.id));
      const fresh = offered.filter((one) => !known.some((row) => row.template === one.id)).map((one) => ({
        ...activity(one.name),
        template: one.id,
        purposes: one.purpose,
        legal_bases: ['contract'] as LegalBasis[],
        legal_basis: one.legal_basis,
        persons: one.persons,
        data: one.data,
        recipients: one.recipients,
        transfers: one.transfers,
        erasure: one.retention,
        security: one.safeguards,
        note: one.note,
      }));
      known.push(...fresh);
      return { added: fresh.map((row) => whole(row, locale)), there_already: offered.length - fresh.length };
    },
    export_processing: (request) => ({ path: request.path, size: 18_204, sha256: 'a1'.repeat(32) }),
    add_person_request(request, locale) {
      const row = requestRow(request.right as PersonRight, request.reference, request.received_on ?? dayAgo(0));
      const { right: _right, ...rest } = request;
      setRequest(row, { request: '', ...rest }, locale);
      rows().requests.push(row);
      return requestView(row, locale);
    },
    set_person_request(request, locale) {
      const row = find(rows().requests, request.request, locale);
      setRequest(row, request, locale);
      row.rev += 1;
      return requestView(row, locale);
    },
    list_person_requests: (request, locale) => ({
      requests: rows()
        .requests.filter((row) => !request.open || row.answered_on === null)
        .map((row) => requestView(row, locale))
        .sort((a, b) => Number(a.answered_on !== null) - Number(b.answered_on !== null) || a.due.localeCompare(b.due)),
    }),
    export_person_requests: (request) => ({ path: request.path, size: 2_204, sha256: 'b2'.repeat(32) }),
    add_breach(request: AddBreach, locale) {
      const row = breachRow(request.title, request.aware_at ?? new Date().toISOString());
      setBreach(row, { breach: '', ...request }, locale);
      rows().breaches.push(row);
      return breachView(row, locale);
    },
    set_breach(request, locale) {
      const row = find(rows().breaches, request.breach, locale);
      setBreach(row, request, locale);
      row.rev += 1;
      return breachView(row, locale);
    },
    list_breaches: (request, locale) => ({
      breaches: rows()
        .breaches.filter((row) => !request.open || row.closed_on === null)
        .map((row) => breachView(row, locale))
        .sort((a, b) => Number(a.closed_on !== null) - Number(b.closed_on !== null) || a.due_at.localeCompare(b.due_at)),
    }),
    export_breaches: (request) => ({ path: request.path, size: 1_904, sha256: 'c3'.repeat(32) }),
  } satisfies Some;
}

function activity(name: string): Rows['processing'][number] {
  return {
    id: id(), name, purposes: '', legal_bases: [], legal_basis: '', persons: '', data: '', special_categories: null, recipients: '', providers: [],
    third_countries: null, transfers: '', transfer_safeguard: '', erasure: '', security: '', responsible: '', note: '', template: null, ended: null,
    card_data_reason: null, rev: 1,
  };
}

function processingView(row: Rows['processing'][number], controller: boolean, locale: Locale): ProcessingView {
  const open: Record<ProcessingPart, boolean> = {
    controller: !controller,
    purposes: !row.purposes,
    persons: !row.persons,
    data: !row.data,
    recipients: !row.recipients && row.providers.length === 0,
    transfers: row.third_countries === null || (row.third_countries && (!row.transfers || !row.transfer_safeguard)),
    erasure: !row.erasure,
    security: !row.security,
    'legal-basis': row.legal_bases.length === 0,
    'special-categories': row.special_categories === null,
  };
  const parts = (Object.keys(open) as ProcessingPart[]).filter((part) => row.ended === null && open[part]);
  return { ...row, lacks: parts.map((part) => ({ part, text: say(locale, 'processing-lack', part), rule: say(locale, 'processing-rule', part) })) };
}

function requestRow(right: PersonRight, reference: string, received_on: string): Rows['requests'][number] {
  return {
    id: id(), received_on, right, reference, identity_checked_on: null, extension_reason: null, extension_told_on: null, answered_on: null, outcome: null,
    outcome_reason: '', evidence: [], note: '', card_data_reason: null, rev: 1,
  };
}

function requestView(row: Rows['requests'][number], locale: Locale): PersonRequestView {
  const date = new Date(`${row.received_on}T12:00:00Z`);
  const month = date.getUTCMonth() + (row.extension_reason ? 3 : 1);
  date.setUTCMonth(month);
  // A month without such a day: its last one.
  if (date.getUTCMonth() !== month % 12) date.setUTCDate(0);
  const safe = isoDay(date);
  while ([0, 6].includes(date.getUTCDay())) date.setUTCDate(date.getUTCDate() + 1);
  const due = isoDay(date);
  const left = (until: string) => Math.round((Date.parse(until) - Date.parse(dayAgo(0))) / DAY);
  const waiting: RequestState = left(due) < 0 ? 'overdue' : left(safe) <= 7 ? 'due-soon' : 'open';
  const state: RequestState = row.answered_on ? (row.answered_on > due ? 'answered-late' : 'answered') : waiting;
  return { ...row, due, safe, days_left: left(due), state, state_text: say(locale, 'request-state', state), right_text: say(locale, 'right', row.right) };
}

function breachRow(title: string, aware_at: string): Rows['breaches'][number] {
  return {
    id: id(), title, happened_at: null, aware_at, description: '', kinds: [], persons: '', person_count: null, records: '', record_count: null,
    consequences: '', measures: '', risk: null, notified_at: null, notification_reference: '', not_notified_reason: '', delay_reason: '',
    persons_informed_on: null, persons_not_informed_reason: '', closed_on: null, evidence: [], note: '', card_data_reason: null, rev: 1,
  };
}

function breachView(row: Rows['breaches'][number], locale: Locale): BreachView {
  const due = Date.parse(row.aware_at) + 72 * HOUR;
  const needless = row.risk === 'no-risk' && row.not_notified_reason.trim() !== '';
  const told = row.notified_at ? Date.parse(row.notified_at) : null;
  const waiting: BreachState = needless ? 'not-notifiable' : Date.now() > due ? 'overdue' : 'clock-running';
  const state: BreachState = row.closed_on ? 'closed' : told === null ? waiting : told > due ? 'notified-late' : 'notified';
  const open: Record<BreachPart, boolean> = {
    description: !row.description,
    kind: row.kinds.length === 0,
    persons: !needless && (!row.persons || row.person_count === null),
    records: !needless && (!row.records || row.record_count === null),
    contact: false,
    consequences: !row.consequences,
    measures: !row.measures,
    risk: row.risk === null,
    'not-notified-reason': row.risk === 'no-risk' && told === null && !row.not_notified_reason,
    'delay-reason': told !== null && told > due && !row.delay_reason,
    'persons-informed': row.risk === 'high-risk' && !row.persons_informed_on && !row.persons_not_informed_reason,
  };
  const parts = (Object.keys(open) as BreachPart[]).filter((part) => open[part]);
  return {
    ...row,
    due_at: new Date(due).toISOString(),
    hours_left: Math.floor((due - Date.now()) / HOUR),
    state,
    state_text: say(locale, 'breach-state', state),
    lacks: parts.map((part) => ({ part, text: say(locale, 'breach-lack', part), rule: say(locale, 'breach-rule', part) })),
  };
}

/** What the example shop has written down. */
function example(rows: Rows): void {
  const said = { legal_bases: ['contract', 'legal-obligation'] as LegalBasis[], special_categories: false, responsible: 'Anna Sommer' };
  rows.processing.push(
    {
      ...activity('Bestellungen und Versand'), ...said, template: 'orders', third_countries: false, purposes: 'Bestellungen annehmen, verpacken, versenden, abrechnen',
      legal_basis: 'Kaufvertrag; Aufbewahrung der Rechnungen nach Steuerrecht', persons: 'Kundinnen und Kunden, Empfänger von Paketen', data: 'Name, Anschrift, E-Mail, Bestellung, Zahlart',
      recipients: 'Shop-Anbieter, Mollie, Paketdienst, Steuerbüro', erasure: 'Rechnungen acht Jahre, sonst drei Jahre nach der letzten Bestellung', security: 'TLS, eigene Zugänge mit zweitem Faktor, tägliche Sicherung',
    },
    {
      ...activity('Newsletter'), template: 'newsletter', legal_bases: ['consent'], purposes: 'Neuigkeiten vom Hof verschicken', persons: 'Angemeldete', data: 'E-Mail, Name, Zeitpunkt der Anmeldung',
      recipients: 'Versanddienst', third_countries: true, transfers: 'USA', erasure: 'Nach der Abmeldung', security: 'Anmeldung mit Bestätigung', special_categories: false,
    },
    { ...activity('Bewerbungen'), purposes: 'Aushilfen für die Erntezeit finden', persons: 'Bewerberinnen und Bewerber' },
    { ...activity('Gästebuch'), ...said, ended: 'Seit dem Umbau des Shops abgeschaltet' },
  );
  rows.requests.push(
    { ...requestRow('access', 'Kundennummer 10482', dayAgo(40)) },
    { ...requestRow('erasure', 'Bestellung 2231', dayAgo(26)), identity_checked_on: dayAgo(25) },
    { ...requestRow('objection', 'Anruf wegen Newsletter', dayAgo(4)) },
    { ...requestRow('access', 'Kundennummer 9917', dayAgo(80)), answered_on: dayAgo(61), outcome: 'granted' as RequestOutcome },
  );
  rows.breaches.push(
    {
      ...breachRow('Laptop aus dem Auto gestohlen', new Date(Date.now() - 30 * HOUR).toISOString()), happened_at: new Date(Date.now() - 42 * HOUR).toISOString(),
      description: 'Der Laptop mit der Versandsoftware wurde aus dem Auto gestohlen. Die Platte war verschlüsselt.', kinds: ['availability', 'confidentiality'] as BreachKind[],
      persons: 'Kundinnen und Kunden', person_count: 340,
    },
    {
      ...breachRow('Rundmail mit offenem Verteiler', new Date(Date.now() - 200 * DAY).toISOString()), description: 'Einladung zum Hoffest ging mit allen Adressen im Kopf an 38 Personen.',
      kinds: ['confidentiality'] as BreachKind[], persons: 'Angemeldete', person_count: 38, records: 'E-Mail-Adressen', record_count: 38, consequences: 'Unerwünschte Post', measures: 'Entschuldigung, Versand nur noch über das Newsletter-Werkzeug',
      risk: 'risk' as BreachRisk, notified_at: new Date(Date.now() - 199 * DAY).toISOString(), notification_reference: 'LfDI 4711/26', closed_on: dayAgo(190),
    },
  );
}
