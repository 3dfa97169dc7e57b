// Third parties on the mock: as much of the rules as a window without a screen for them needs.

import type { AddProvider, Handling, LackView, ProviderView, SetProvider } from '../bindings/api';

const PAPERS: Record<Handling, LackView['paper'][]> = {
  'card-data': ['aoc', 'agreement', 'status-check', 'responsibilities'],
  systems: ['aoc', 'agreement', 'status-check', 'responsibilities'],
  safety: ['aoc', 'agreement', 'status-check', 'responsibilities'],
  'personal-data': ['processor-contract'],
};

const empty = { on: null, evidence: null, evidence_name: null };

export function added(id: string, request: AddProvider): ProviderView {
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
    card_data_reason: null,
    lacks: [],
    rev: 1,
  });
}

export function changed(old: ProviderView, request: SetProvider): ProviderView {
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
