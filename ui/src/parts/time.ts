// Words and marks for lists that follow one another.

import type { AssessmentSummary, Direction, Outcome, QualityPoint, Stale, Verdict } from '../bindings/api';
import { m } from '../paraglide/messages.js';
import { address } from '../state/route.svelte';
import { day } from '../state/language.svelte';
import { verdictWord } from './words';

/** Why a verdict of last time needs another look. */
export function staleWord(stale: Stale): string {
  return { 'proof-expired': m.stale_proof_expired, 'too-old': m.stale_too_old, 'new-proof': m.stale_new_proof }[stale]();
}

export function directionWord(direction: Direction): string {
  return { better: m.direction_better, worse: m.direction_worse, neutral: m.direction_neutral }[direction]();
}

export function outcomeTone(outcome: Outcome): 'good' | 'warning' | 'plain' {
  return ({ 'ready-to-attest': 'good', 'ready-with-legal-exception': 'good', partial: 'warning', open: 'plain' } as const)[outcome];
}

/** A verdict, or that the list does not ask it. */
export function verdictThen(verdict: Verdict | null): string {
  return verdict ? verdictWord(verdict) : m.not_asked();
}

export function periodOf(assessment: AssessmentSummary): string {
  return m.period({ from: day(assessment.period_start), to: day(assessment.period_end) });
}

/** Where a point that does not fit can be put right; none where there is no such screen. */
export function placeOfPoint(point: QualityPoint): string | undefined {
  if (point.provider) return address('providers', point.provider);
  if (point.register) return address('registers', point.register.register);
  if (point.requirement) return address('checklist', point.requirement);
  return point.task ? address('tasks', point.task) : undefined;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The day of an instant in this computer's calendar, as date fields have it: `2026-11-22`. */
export const localDay = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/** What the clock here shows at an instant, as time fields have it: `09:30`. */
export const localTime = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`;

export const localToday = (): string => localDay(new Date());
