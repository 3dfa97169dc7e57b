// Third parties on the mock: as much of the rules as a window without a screen for them needs.

import type { AddProvider, Handling, LackView, ProviderView, SetProvider } from '../bindings/api';
import { hash, identifier, problem, type Memory, type MockCommands } from './mock-memory';

const PAPERS: Record<Handling, LackView['paper'][]> = {
  'card-data': ['aoc', 'agreement', 'status-check', 'responsibilities'],
  systems: ['aoc', 'agreement', 'status-check', 'responsibilities'],
  safety: ['aoc', 'agreement', 'status-check', 'responsibilities'],
  'personal-data': ['processor-contract'],
};

/** The third parties; the mock forgets them with the page. */
const known: ProviderView[] = [];

export function providerCommands(memory: Memory) {
  return {
    add_provider(request) {
      const one = added(identifier(), request);
      memory.need();
      known.push(one);
      return one;
    },
    set_provider(request, locale) {
      const at = known.findIndex((one) => one.id === request.provider);
      const old = known[at];
      if (!old) throw problem('not-found', locale, 'There is no such provider.', 'Diesen Dienstleister gibt es nicht.');
      return (known[at] = changed(old, request));
    },
    list_providers: (request) => ({
      providers: known.filter((one) => (request.all || !one.ended) && (!request.lacking || one.lacks.length > 0)),
      requirements: [],
    }),
    provider_letter(request, locale) {
      const one = known.find((provider) => provider.id === request.provider);
      if (!one) throw problem('not-found', locale, 'There is no such provider.', 'Diesen Dienstleister gibt es nicht.');
      return { to: one.contact, subject: one.name, body: one.lacks.map((lack) => lack.paper).join('\n') };
    },
    export_providers: (request) => ({ path: request.path, size: 1_204, sha256: hash('providers') }),
  } satisfies Partial<MockCommands>;
}

const empty = { on: null, evidence: null, evidence_name: null };

function added(id: string, request: AddProvider): ProviderView {
  return judged({
    id,
    name: request.name,
    service: request.service ?? '',
    handles: request.handles ?? [],
    country: request.country ?? '',
    contact: request.contact ?? '',
    aoc: empty,
    agreement: empty,
    processor_contract: empty,
    checked_on: null,
    responsibilities: [],
    note: request.note ?? '',
    ended: null,
    lacks: [],
    rev: 1,
  });
}

function changed(old: ProviderView, request: SetProvider): ProviderView {
  const paper = (before: ProviderView['aoc'], on?: string) => (on === undefined ? before : { ...before, on: on || null });
  return judged({
    ...old,
    name: request.name ?? old.name,
    service: request.service ?? old.service,
    handles: request.handles ?? old.handles,
    country: request.country ?? old.country,
    contact: request.contact ?? old.contact,
    aoc: paper(old.aoc, request.aoc_on),
    agreement: paper(old.agreement, request.agreement_on),
    processor_contract: paper(old.processor_contract, request.processor_contract_on),
    checked_on: request.checked_on ?? old.checked_on,
    note: request.note ?? old.note,
    ended: request.ended ?? old.ended,
    rev: old.rev + 1,
  });
}

function judged(one: ProviderView): ProviderView {
  const there: Record<LackView['paper'], unknown> = {
    aoc: one.aoc.on,
    agreement: one.agreement.on,
    'processor-contract': one.processor_contract.on,
    'status-check': one.checked_on,
    responsibilities: one.responsibilities.length,
  };
  const owed = [...new Set(one.handles.flatMap((handling) => PAPERS[handling]))];
  const lacks = owed.filter((paper) => !there[paper] && !one.ended).map((paper): LackView => ({ paper, state: 'missing', until: null, text: paper, rule: '' }));
  return { ...one, lacks };
}
