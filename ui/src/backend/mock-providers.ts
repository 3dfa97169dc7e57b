// Third parties on the mock: who owes which papers, who meets what, and a letter.

import type { AddProvider, Handling, LackView, Locale, OwedPaper, ProviderOfRequirement, ProviderView, Responsibility, SetProvider } from '../bindings/api';
import { hash, identifier, inDays, problem, record, today, type Memory, type MockCommands, type Workspace } from './mock-memory';
import { say } from './mock-messages';
import { reference } from './mock-reference';
import { look } from './mock-tasks';
import { rows } from './mock-rows';

type Paper = LackView['paper'];

/** A provider as it is kept; its papers are judged when it is shown. */
export interface Provider extends Omit<ProviderView, 'owed' | 'lacks' | 'responsibilities' | 'aoc' | 'agreement' | 'processor_contract'> {
  papers: Partial<Record<Paper, { on: string | null; evidence: string | null }>>;
  responsibilities: Record<string, Responsibility>;
}

const OF_SERVICE_PROVIDERS: Paper[] = ['aoc', 'agreement', 'status-check', 'responsibilities'];
const ASKED: Record<string, Paper[]> = {
  '12.8.1': [],
  '12.8.2': ['agreement'],
  '12.8.3': [],
  '12.8.4': ['aoc', 'status-check'],
  '12.8.5': ['responsibilities'],
};

export function made(request: AddProvider, more: Partial<Provider> = {}): Provider {
  return {
    id: identifier(),
    name: request.name,
    service: request.service ?? '',
    handles: request.handles ?? [],
    country: request.country ?? '',
    contact: request.contact ?? '',
    papers: {},
    checked_on: null,
    responsibilities: {},
    note: request.note ?? '',
    ended: null,
    card_data_reason: request.allow_card_data ?? null,
    rev: 1,
    ...more,
  };
}

function change(one: Provider, request: SetProvider): void {
  one.name = request.name ?? one.name;
  one.service = request.service ?? one.service;
  one.handles = request.handles ?? one.handles;
  one.country = request.country ?? one.country;
  one.contact = request.contact ?? one.contact;
  one.note = request.note ?? one.note;
  if (request.ended !== undefined) one.ended = request.ended.trim() || null;
  if (request.checked_on !== undefined) one.checked_on = request.checked_on || null;
  const paper = (name: Paper, on?: string, evidence?: string) => {
    const before = one.papers[name] ?? { on: null, evidence: null };
    one.papers[name] = { on: on === undefined ? before.on : on || null, evidence: evidence === undefined ? before.evidence : evidence || null };
  };
  paper('aoc', request.aoc_on, request.aoc_evidence);
  paper('agreement', request.agreement_on, request.agreement_evidence);
  paper('processor-contract', request.processor_contract_on, request.processor_contract_evidence);
  for (const [requirement, who] of Object.entries(request.responsibilities ?? {})) {
    if (who) one.responsibilities[requirement] = who as Responsibility;
    else delete one.responsibilities[requirement];
  }
  if (request.allow_card_data) one.card_data_reason = request.allow_card_data;
  one.rev += 1;
}

const isServiceProvider = (handles: Handling[]) => handles.some((handling) => handling !== 'personal-data');

function owed(workspace: Workspace, one: Provider, locale: Locale): OwedPaper[] {
  const papers: Paper[] = [...(isServiceProvider(one.handles) ? OF_SERVICE_PROVIDERS : []), ...(one.handles.includes('personal-data') ? (['processor-contract'] as const) : [])];
  return papers.map((paper) => {
    const on = paper === 'status-check' ? one.checked_on : (one.papers[paper]?.on ?? null);
    const evidence = workspace.evidence.find((known) => known.id === one.papers[paper]?.evidence);
    const until = on && (paper === 'aoc' || paper === 'status-check') ? inDays(365, on) : null;
    const there = paper === 'responsibilities' ? Object.keys(one.responsibilities).length > 0 : on !== null;
    return {
      paper,
      label: say(locale, 'paper', paper),
      rule: say(locale, 'paper-rule', paper),
      state: !there ? 'missing' : until && until < today() ? 'expired' : until && until <= inDays(30) ? 'due-soon' : 'fresh',
      on,
      until,
      evidence: evidence?.id ?? null,
      evidence_name: evidence?.name ?? null,
    };
  });
}

export function lacks(workspace: Workspace, one: Provider, locale: Locale): LackView[] {
  if (one.ended) return [];
  return owed(workspace, one, locale)
    .filter((paper) => paper.state !== 'fresh')
    .map(({ paper, state, until, label, rule }) => ({ paper, state, until, rule, text: say(locale, 'lack', state, { paper: label, until: until ?? '' }) }));
}

function view(workspace: Workspace, one: Provider, locale: Locale): ProviderView {
  const { papers, responsibilities, ...rest } = one;
  const paper = (name: Paper) => {
    const evidence = workspace.evidence.find((known) => known.id === papers[name]?.evidence);
    return { on: papers[name]?.on ?? null, evidence: evidence?.id ?? null, evidence_name: evidence?.name ?? null };
  };
  return {
    ...rest,
    aoc: paper('aoc'),
    agreement: paper('agreement'),
    processor_contract: paper('processor-contract'),
    owed: owed(workspace, one, locale),
    responsibilities: Object.entries(responsibilities).map(([id, who]) => ({ requirement: reference(id, locale), who })),
    lacks: lacks(workspace, one, locale),
  };
}

/** The providers that a requirement is about, and those of whom is known who meets it. */
export function providersOf(workspace: Workspace, requirement: string, locale: Locale): ProviderOfRequirement[] {
  const [framework = '', number = ''] = requirement.split(':');
  const processors = framework === 'gdpr' && number.split('.')[0] === '28';
  const asked = processors ? (['processor-contract'] satisfies Paper[]) : framework.startsWith('pci-dss') ? ASKED[number] : undefined;
  return workspace.providers
    .filter((one) => !one.ended)
    .filter((one) => (asked && (processors ? one.handles.includes('personal-data') : isServiceProvider(one.handles))) || requirement in one.responsibilities)
    .map((one) => ({
      id: one.id,
      name: one.name,
      service: one.service,
      handles: one.handles,
      responsibility: one.responsibilities[requirement] ?? null,
      lacks: lacks(workspace, one, locale).filter((lack) => (asked as Paper[] | undefined)?.includes(lack.paper)),
    }));
}

export function providerCommands(memory: Memory) {
  const find = (id: string, locale: Locale): Provider => {
    const one = memory.need().providers.find((known) => known.id === id);
    if (!one) throw problem('not-found', locale, 'There is no such provider.', 'Diesen Dienstleister gibt es nicht.');
    return one;
  };
  return {
    add_provider(request, locale) {
      const workspace = memory.need();
      if (!request.name.trim()) {
        throw problem('name-missing', locale, 'A name is missing.', 'Es fehlt ein Name.', 'Type one.', 'Geben Sie einen ein.');
      }
      look([request.name, request.service ?? '', request.contact ?? '', request.note ?? ''], request.allow_card_data, locale);
      const one = made(request);
      workspace.providers.push(one);
      workspace.providers.sort((a, b) => a.name.localeCompare(b.name));
      record(workspace, 'add_provider', { en: `Provider added: ${one.name}`, de: `Dienstleister hinzugefügt: ${one.name}` }, [one.id]);
      return view(workspace, one, locale);
    },
    set_provider(request, locale) {
      const one = find(request.provider, locale);
      if (request.rev !== undefined && request.rev !== one.rev) {
        throw problem('conflict', locale, `${one.name} was changed in the meantime.`, `${one.name} wurde inzwischen geändert.`);
      }
      look([request.name ?? '', request.service ?? '', request.contact ?? '', request.note ?? '', request.ended ?? ''], request.allow_card_data ?? one.card_data_reason ?? undefined, locale);
      change(one, request);
      record(memory.need(), 'set_provider', { en: `Provider changed: ${one.name}`, de: `Dienstleister geändert: ${one.name}` }, [one.id]);
      return view(memory.need(), one, locale);
    },
    list_providers(request, locale) {
      const workspace = memory.need();
      const providers = workspace.providers.filter((one) => request.all || !one.ended).map((one) => view(workspace, one, locale));
      return {
        providers: providers.filter((one) => !request.lacking || one.lacks.length > 0),
        requirements: rows(workspace, locale).filter((row) => row.framework.startsWith('pci-dss')).map((row) => reference(row.id, locale)),
      };
    },
    provider_letter(request, locale) {
      const one = find(request.provider, locale);
      const language = request.locale ?? locale;
      const asked = lacks(memory.need(), one, language).filter((lack) => lack.paper !== 'status-check');
      if (asked.length === 0) throw problem('nothing-missing', locale, 'There is nothing to ask for.', 'Es gibt nichts zu erbitten.');
      const { name } = memory.need().profile;
      const body = [
        say(language, 'letter', 'greeting'),
        say(language, 'letter', 'opening', { company: name, service: one.service, name: one.name }),
        asked.map((lack) => `- ${say(language, 'letter', lack.paper)}`).join('\n'),
        say(language, 'letter', 'closing'),
        `${say(language, 'letter', 'regards')}\n${name}`,
      ];
      return { to: one.contact, subject: say(language, 'letter', 'subject', { company: name }), body: body.join('\n\n') };
    },
    export_providers: (request) => ({ path: request.path, size: 1_204, sha256: hash('providers') }),
  } satisfies Partial<MockCommands>;
}

/** Those of the example shop. */
export function exampleProviders(aoc: string | undefined): Provider[] {
  const paper = (days: number, evidence: string | null = null) => ({ on: inDays(days), evidence });
  return [
    made({ name: 'DHL Geschäftskunden', service: 'Pakete und Adressen', handles: ['personal-data'], country: 'DE' }),
    made(
      { name: 'Hosting Nord GmbH', service: 'Server und Sicherungen', handles: ['systems', 'personal-data'], country: 'DE', contact: 'datenschutz@hosting-nord.example' },
      { papers: { agreement: paper(-400), 'processor-contract': paper(-400) }, checked_on: inDays(-380) },
    ),
    made(
      { name: 'Mollie', service: 'Bezahlseite', handles: ['card-data', 'personal-data'], country: 'NL', contact: 'compliance@mollie.example' },
      {
        papers: { aoc: paper(-60, aoc ?? null), agreement: paper(-300), 'processor-contract': paper(-300) },
        checked_on: inDays(-340),
        responsibilities: { 'pci-dss-4.0.1:8.3.6': 'shared', 'pci-dss-4.0.1:6.3.3': 'provider' },
      },
    ),
    made({ name: 'Mailversand alt', service: 'Newsletter', handles: ['personal-data'] }, { ended: 'Seit Mai verschickt das Postfach selbst.' }),
  ];
}
