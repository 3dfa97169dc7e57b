// Evidence on the mock: attached, pasted, written, linked, replaced, removed.

import type { EvidenceView, Locale, ProofState } from '../bindings/api';
import * as catalogue from './mock-catalogue';
import { ACTOR, hash, identifier, inDays, problem, record, today, type Evidence, type Memory, type MockCommands, type Workspace } from './mock-memory';
import * as proofs from './mock-proofs';
import { reference } from './mock-reference';

export function evidenceCommands(memory: Memory) {
  return {
    attach_evidence(request, locale) {
      const workspace = memory.need();
      request.paths.forEach((path) => guard(path, request.allow_card_data, locale));
      const added = request.paths.map((path) =>
        add(workspace, { ...proofs.about(request), name: path.split('/').pop() ?? path, sha256: proofs.contentOf(path), requirements: request.requirements, collected_on: request.collected_on, valid_until: request.valid_until }),
      );
      for (const one of added) {
        record(workspace, 'attach_evidence', { en: `Proof attached: ${one.name}`, de: `Nachweis angehängt: ${one.name}` }, [one.id, ...request.requirements]);
      }
      if (request.allow_card_data) added.forEach((one) => (one.card_data_reason = request.allow_card_data ?? null));
      return { evidence: added.map((one) => evidenceView(one, locale, workspace.evidence)), total: added.length, left_out: [], unchecked: unchecked(added, locale) };
    },
    paste_evidence(request, locale) {
      const workspace = memory.need();
      const one = add(workspace, { name: request.name, requirements: request.requirements, base64: request.base64 });
      record(workspace, 'paste_evidence', { en: `Proof pasted: ${one.name}`, de: `Nachweis eingefügt: ${one.name}` }, [one.id, ...request.requirements]);
      return { evidence: [evidenceView(one, locale, workspace.evidence)], total: 1, left_out: [], unchecked: unchecked([one], locale) };
    },
    add_note(request, locale) {
      const workspace = memory.need();
      guard(request.text, request.allow_card_data, locale);
      const one = add(workspace, { ...proofs.about(request), kind: 'note', name: `${request.title}.txt`, text: request.text, requirements: request.requirements, collected_on: request.collected_on, valid_until: request.valid_until });
      record(workspace, 'add_note', { en: `Note written as proof: ${one.title}`, de: `Notiz als Nachweis geschrieben: ${one.title}` }, [one.id, ...request.requirements]);
      return { evidence: [evidenceView(one, locale, workspace.evidence)], total: 1, left_out: [], unchecked: [] };
    },
    add_link(request, locale) {
      const workspace = memory.need();
      if (!/^https?:\/\/./.test(request.url.trim())) throw problem('invalid-url', locale, `“${request.url}” is not an address on the web.`, `„${request.url}“ ist keine Adresse im Web.`);
      const one = add(workspace, { ...proofs.about(request), kind: 'link', name: `${new URL(request.url).host}.uri`, text: `${request.url}\r\n`, requirements: request.requirements, collected_on: request.collected_on, valid_until: request.valid_until });
      record(workspace, 'add_link', { en: `Link kept as proof: ${one.title || one.name}`, de: `Link als Nachweis aufgenommen: ${one.title || one.name}` }, [one.id, ...request.requirements]);
      return { evidence: [evidenceView(one, locale, workspace.evidence)], total: 1, left_out: [], unchecked: [] };
    },
    prepare_attachment(request, locale) {
      const files = (request.paths ?? []).flatMap(proofs.filesAt);
      const known = files.map((path) => ({ path, same_as: proofs.named(current(memory.need()).filter((one) => one.sha256 === proofs.contentOf(path))) }));
      return {
        also_counts_for: alsoCountsFor(request.requirements, locale),
        known: known.filter((one) => one.same_as.length > 0),
        files: files.length,
        size: files.length * 84_312,
        left_out: proofs.leftOut(request.paths ?? [], locale),
      };
    },
    link_evidence(request, locale) {
      const workspace = memory.need();
      const one = evidence(workspace, request.evidence, locale);
      one.requirements = [...new Set([...one.requirements, ...request.requirements])];
      one.rev += 1;
      record(workspace, 'link_evidence', { en: `Proof linked: ${one.name}`, de: `Nachweis verknüpft: ${one.name}` }, [one.id, ...request.requirements]);
      return evidenceView(one, locale, workspace.evidence);
    },
    list_evidence(request, locale) {
      const workspace = memory.need();
      const found = (request.all ? [...workspace.evidence].reverse() : current(workspace))
        .filter((one) => !request.requirement || one.requirements.includes(request.requirement))
        .filter((one) => proofs.says(one, request.search ?? ''))
        .filter((one) => !request.kind || one.kind === request.kind)
        .filter((one) => !request.state || proofState(one) === request.state);
      const offset = request.offset ?? 0;
      return {
        evidence: found.slice(offset, offset + (request.limit ?? found.length)).map((one) => evidenceView(one, locale, workspace.evidence)),
        total: found.length,
        left_out: [],
        unchecked: [],
      };
    },
    show_evidence(request, locale) {
      const one = evidence(memory.need(), request.evidence, locale);
      const kind = one.media_type.startsWith('image/') ? 'image' : one.text !== undefined ? 'text' : 'none';
      return {
        evidence: evidenceView(one, locale, memory.need().evidence),
        kind,
        text: kind === 'text' ? (one.text ?? '') : null,
        base64: kind === 'image' ? (one.base64 ?? PIXEL) : null,
        truncated: false,
        versions: proofs.versions(memory.need().evidence, one),
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
      newer.replaces = old.id;
      newer.title = old.title;
      record(workspace, 'replace_evidence', { en: `New version of ${old.name}`, de: `Neue Fassung von ${old.name}` }, [old.id, newer.id]);
      return evidenceView(newer, locale);
    },
    set_evidence(request, locale) {
      const one = evidence(memory.need(), request.evidence, locale);
      if (request.requirements) one.requirements = request.requirements;
      if (request.collected_on) one.collected_on = request.collected_on;
      if (request.valid_until !== undefined) one.valid_until = request.valid_until || null;
      Object.assign(one, proofs.changes(request));
      one.rev += 1;
      record(memory.need(), 'set_evidence', { en: `Proof changed: ${one.name}`, de: `Nachweis geändert: ${one.name}` }, [one.id]);
      return evidenceView(one, locale, memory.need().evidence);
    },
    remove_evidence(request, locale) {
      const one = evidence(memory.need(), request.evidence, locale);
      one.removed_reason = request.reason;
      record(memory.need(), 'remove_evidence', { en: `Proof removed: ${one.name}. Reason: ${request.reason}`, de: `Nachweis entfernt: ${one.name}. Grund: ${request.reason}` }, [one.id]);
      return evidenceView(one, locale, memory.need().evidence);
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
  kind?: Evidence['kind'];
  title?: string;
  source?: string;
  period_start?: string | null;
  period_end?: string | null;
  confidentiality?: Evidence['confidentiality'];
  sha256?: string | undefined;
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
    kind: given.kind ?? 'file',
    title: given.title ?? '',
    source: given.source ?? '',
    period_start: given.period_start ?? null,
    period_end: given.period_end ?? null,
    confidentiality: given.confidentiality ?? 'internal',
    media_type: given.kind === 'link' ? 'text/uri-list' : (types[ending] ?? 'application/octet-stream'),
    size: given.size ?? given.text?.length ?? 84_312,
    sha256: given.sha256 ?? hash(given.name + workspace.evidence.length),
    collected_on: given.collected_on ?? today(),
    valid_until: given.valid_until || null,
    added_at: new Date().toISOString(),
    added_by: ACTOR,
    version: given.version ?? 1,
    replaces: null,
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

/** What the cross-map says the same proof proves as well. */
function alsoCountsFor(requirements: string[], locale: Locale) {
  const also = catalogue.links.flatMap((link) => {
    if (link.kind !== 'same-evidence') return [];
    if (requirements.includes(link.from)) return [link.to];
    return requirements.includes(link.to) ? [link.from] : [];
  });
  return [...new Set(also)].filter((id) => !requirements.includes(id)).map((id) => reference(id, locale));
}

export function evidenceView(one: Evidence, locale: Locale, all: Evidence[] = []): EvidenceView {
  const { text: _text, base64: _base64, ...rest } = one;
  return {
    ...rest,
    same_as: proofs.named(all.filter((other) => other.sha256 === one.sha256 && other.id !== one.id)),
    also_counts_for: alsoCountsFor(one.requirements, locale),
    counts_until: countsUntil(one),
    state: proofState(one),
    requirements: one.requirements.map((id) => reference(id, locale)),
  };
}

// A small plain picture, where the example has none of its own.
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGP8//8/A27AhEduJEsDAKXvAw0yM7tYAAAAAElFTkSuQmCC';
