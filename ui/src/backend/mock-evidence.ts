// Evidence on the mock: attached, pasted, replaced, removed.

import type { EvidenceView, Locale, ProofState } from '../bindings/api';
import * as catalogue from './mock-catalogue';
import { ACTOR, hash, identifier, inDays, problem, record, today, type Evidence, type Memory, type MockCommands, type Workspace } from './mock-memory';
import { reference } from './mock-reference';

export function evidenceCommands(memory: Memory) {
  return {
    attach_evidence(request, locale) {
      const workspace = memory.need();
      request.paths.forEach((path) => guard(path, request.allow_card_data, locale));
      const added = request.paths.map((path) =>
        add(workspace, { name: path.split('/').pop() ?? path, requirements: request.requirements, collected_on: request.collected_on, valid_until: request.valid_until }),
      );
      for (const one of added) {
        record(workspace, 'attach_evidence', { en: `Proof attached: ${one.name}`, de: `Nachweis angehängt: ${one.name}` }, [one.id, ...request.requirements]);
      }
      if (request.allow_card_data) added.forEach((one) => (one.card_data_reason = request.allow_card_data ?? null));
      return { evidence: added.map((one) => evidenceView(one, locale)), unchecked: unchecked(added, locale) };
    },
    paste_evidence(request, locale) {
      const workspace = memory.need();
      const one = add(workspace, { name: request.name, requirements: request.requirements, base64: request.base64 });
      record(workspace, 'paste_evidence', { en: `Proof pasted: ${one.name}`, de: `Nachweis eingefügt: ${one.name}` }, [one.id, ...request.requirements]);
      return { evidence: [evidenceView(one, locale)], unchecked: unchecked([one], locale) };
    },
    list_evidence(request, locale) {
      const words = request.search?.trim().toLowerCase();
      const workspace = memory.need();
      return {
        evidence: (request.all ? [...workspace.evidence].reverse() : current(workspace))
          .filter((one) => !request.requirement || one.requirements.includes(request.requirement))
          .filter((one) => !words || one.name.toLowerCase().includes(words))
          .map((one) => evidenceView(one, locale)),
        unchecked: [],
      };
    },
    show_evidence(request, locale) {
      const one = evidence(memory.need(), request.evidence, locale);
      const kind = one.media_type.startsWith('image/') ? 'image' : one.text !== undefined ? 'text' : 'none';
      return {
        evidence: evidenceView(one, locale),
        kind,
        text: kind === 'text' ? (one.text ?? '') : null,
        base64: kind === 'image' ? (one.base64 ?? PIXEL) : null,
        truncated: false,
      };
    },
    export_evidence(request, locale) {
      const one = evidence(memory.need(), request.evidence, locale);
      return { path: request.path, size: one.size, sha256: one.sha256 };
    },
    replace_evidence(request, locale) {
      const workspace = memory.need();
      const old = evidence(memory.need(), request.evidence, locale);
      guard(request.path, request.allow_card_data, locale);
      const newer = add(workspace, {
        name: request.path.split('/').pop() ?? request.path,
        requirements: old.requirements,
        version: old.version + 1,
        collected_on: request.collected_on,
        valid_until: request.valid_until,
      });
      old.replaced_by = newer.id;
      record(workspace, 'replace_evidence', { en: `New version of ${old.name}`, de: `Neue Fassung von ${old.name}` }, [old.id, newer.id]);
      return evidenceView(newer, locale);
    },
    set_evidence(request, locale) {
      const one = evidence(memory.need(), request.evidence, locale);
      if (request.requirements) one.requirements = request.requirements;
      if (request.collected_on) one.collected_on = request.collected_on;
      if (request.valid_until !== undefined) one.valid_until = request.valid_until || null;
      one.rev += 1;
      record(memory.need(), 'set_evidence', { en: `Proof changed: ${one.name}`, de: `Nachweis geändert: ${one.name}` }, [one.id]);
      return evidenceView(one, locale);
    },
    remove_evidence(request, locale) {
      const one = evidence(memory.need(), request.evidence, locale);
      one.removed_reason = request.reason;
      record(memory.need(), 'remove_evidence', { en: `Proof removed: ${one.name}. Reason: ${request.reason}`, de: `Nachweis entfernt: ${one.name}. Grund: ${request.reason}` }, [one.id]);
      return evidenceView(one, locale);
    },
  } satisfies Partial<MockCommands>;
}

function evidence(workspace: Workspace, id: string, locale: Locale): Evidence {
  const found = workspace.evidence.find((one) => one.id === id);
  if (!found) throw problem('not-found', locale, 'There is no such proof.', 'Diesen Nachweis gibt es nicht.');
  return found;
}

export interface NewEvidence {
  name: string;
  requirements: string[];
  collected_on?: string | undefined;
  valid_until?: string | undefined;
  version?: number;
  text?: string;
  base64?: string;
  size?: number;
}

/** A file with `card` in its name has a card number in it. */
function guard(path: string, reason: string | undefined, locale: Locale): void {
  if (!path.includes('card') || reason?.trim()) return;
  throw problem('card-data-found', locale,
    `In ${path.split('/').pop()} there is card data or a secret:\nline 2, character 7: card number 492912******9013`,
    `In ${path.split('/').pop()} stehen Kartendaten oder ein Geheimnis:\nZeile 2, Zeichen 7: Kartennummer 492912******9013`);
}

function unchecked(added: Evidence[], locale: Locale): string[] {
  const said = { en: 'was not looked into for card data: there are pictures. Look yourself.', de: 'wurde nicht auf Kartendaten durchgesehen: es sind Bilder. Sehen Sie selbst nach.' };
  return added.filter((one) => one.media_type.startsWith('image/')).map((one) => `${one.name} ${said[locale]}`);
}

export function add(workspace: Workspace, given: NewEvidence): Evidence {
  const ending = given.name.split('.').pop()?.toLowerCase() ?? '';
  const types: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', pdf: 'application/pdf', txt: 'text/plain', csv: 'text/csv' };
  const one: Evidence = {
    id: identifier(),
    name: given.name,
    media_type: types[ending] ?? 'application/octet-stream',
    size: given.size ?? given.text?.length ?? 84_312,
    sha256: hash(given.name + workspace.evidence.length),
    collected_on: given.collected_on ?? today(),
    valid_until: given.valid_until || null,
    added_at: new Date().toISOString(),
    added_by: ACTOR,
    version: given.version ?? 1,
    replaced_by: null,
    card_data_reason: null,
    removed_reason: null,
    requirements: given.requirements,
    rev: 1,
    ...(given.text === undefined ? {} : { text: given.text }),
    ...(given.base64 === undefined ? {} : { base64: given.base64 }),
  };
  if (ending === 'txt' || ending === 'csv') one.text ??= 'example.com,TLSv1.3,valid\n';
  workspace.evidence.push(one);
  return one;
}

export function current(workspace: Workspace): Evidence[] {
  return workspace.evidence.filter((one) => !one.replaced_by && !one.removed_reason).reverse();
}

function countsUntil(one: Evidence): string | null {
  const rules = one.requirements.flatMap((id) => catalogue.requirements.get(id)?.freshness?.every ?? []);
  const days = rules.map((rule) => (rule.endsWith('M') ? Number.parseInt(rule.slice(1)) * 30.44 : Number.parseInt(rule.slice(1))));
  const byRule = days.length > 0 ? inDays(Math.round(Math.min(...days)), one.collected_on) : null;
  const dates = [one.valid_until, byRule].filter((date) => date !== null).sort();
  return dates[0] ?? null;
}

export function proofState(one: Evidence): ProofState {
  const until = countsUntil(one);
  if (until && until < today()) return 'expired';
  return until && until <= inDays(30) ? 'due-soon' : 'fresh';
}

export function evidenceView(one: Evidence, locale: Locale): EvidenceView {
  const { text: _text, base64: _base64, ...rest } = one;
  return {
    ...rest,
    counts_until: countsUntil(one),
    state: proofState(one),
    requirements: one.requirements.map((id) => reference(id, locale)),
  };
}

// A small plain picture, where the example has none of its own.
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGP8//8/A27AhEduJEsDAKXvAw0yM7tYAAAAAElFTkSuQmCC';
