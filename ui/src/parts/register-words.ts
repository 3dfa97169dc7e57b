// The window's own words for choices in the registers, and how a state looks. What a row lacks, and where it stands, the
// backend says.

import type { BreachKind, BreachRisk, BreachState, LegalBasis, PersonRight, Register, RequestOutcome, RequestState } from '../bindings/api';
import { m } from '../paraglide/messages.js';

export const REGISTERS: Register[] = ['processing', 'person-requests', 'breaches'];

export function registerWord(register: Register): string {
  return { processing: m.register_processing, 'person-requests': m.register_requests, breaches: m.register_breaches }[register]();
}

export function legalBases(): { value: LegalBasis; label: string }[] {
  return [
    { value: 'consent', label: m.basis_consent() },
    { value: 'contract', label: m.basis_contract() },
    { value: 'legal-obligation', label: m.basis_legal_obligation() },
    { value: 'vital-interests', label: m.basis_vital_interests() },
    { value: 'public-task', label: m.basis_public_task() },
    { value: 'legitimate-interests', label: m.basis_legitimate_interests() },
  ];
}

export function rights(): { value: PersonRight; label: string }[] {
  return [
    { value: 'access', label: m.right_access() },
    { value: 'rectification', label: m.right_rectification() },
    { value: 'erasure', label: m.right_erasure() },
    { value: 'restriction', label: m.right_restriction() },
    { value: 'portability', label: m.right_portability() },
    { value: 'objection', label: m.right_objection() },
    { value: 'human-review', label: m.right_human_review() },
    { value: 'withdrawal-of-consent', label: m.right_withdrawal() },
  ];
}

export function outcomes(): { value: RequestOutcome; label: string }[] {
  return [
    { value: 'granted', label: m.outcome_granted() },
    { value: 'partly', label: m.outcome_partly() },
    { value: 'refused', label: m.outcome_refused() },
    { value: 'not-identified', label: m.outcome_not_identified() },
  ];
}

export function kinds(): { value: BreachKind; label: string; detail: string }[] {
  return [
    { value: 'confidentiality', label: m.kind_confidentiality(), detail: m.kind_confidentiality_detail() },
    { value: 'integrity', label: m.kind_integrity(), detail: m.kind_integrity_detail() },
    { value: 'availability', label: m.kind_availability(), detail: m.kind_availability_detail() },
  ];
}

export function risks(): { value: BreachRisk | ''; label: string }[] {
  return [
    { value: '', label: m.risk_unknown() },
    { value: 'no-risk', label: m.risk_none() },
    { value: 'risk', label: m.risk_some() },
    { value: 'high-risk', label: m.risk_high() },
  ];
}

export type Tone = 'plain' | 'good' | 'warning' | 'danger';

export function requestTone(state: RequestState): Tone {
  return ({ open: 'plain', 'due-soon': 'warning', overdue: 'danger', answered: 'good', 'answered-late': 'danger' } as const)[state];
}

export function breachTone(state: BreachState): Tone {
  return (
    { 'clock-running': 'warning', overdue: 'danger', notified: 'good', 'notified-late': 'danger', 'not-notifiable': 'plain', closed: 'good' } as const
  )[state];
}
