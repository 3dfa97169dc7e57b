// The mock's part for keeping a workspace safe: copies, the place of a file, changes of others, settings.

import type { AutoBackup, AutoBackupDone, BackupWritten, Backups, Changes, ChangedSince, JournalHead, Locale, WorkspaceInfo } from '../bindings/api';
import type { Settings } from './host';
import { hash, head, type Memory, type MockCommands, type Workspace } from './mock-memory';

/** In this folder everything is as in a folder that a program copies. */
export const SYNCED = '/home/anna/Nextcloud/';
/** In this folder everything can only be read. */
export const READ_ONLY = '/media/anna/CD/';

export const settings = (): Settings => ({ auto_backup: true, backup_folder: null, backup_keep: 7, lock_after: 15 });

const checked = (rows: number) => ({ rows, evidence: 6, evidence_bytes: 1_204_224, evidence_left: 0 });

function written(path: string, seq: number): BackupWritten {
  return { path, size: 212_992, sha256: hash(path), journal: { seq, head: hash(`head ${seq}`) }, checked: checked(seq + 40) };
}

export function safeCommands(memory: Memory, foreign: () => number) {
  const dated = datedCopies();
  // Copies are of the file as it is, whatever day is looked at.
  const now = () => memory.open ?? memory.need();
  return {
    async backup_workspace(request) {
      await memory.longWork('backup_workspace', 4);
      return written(request.path, now().journal.length);
    },
    auto_backup: (request) => dated.make(now(), request),
    list_backups: (request) => dated.list(now(), request.folder),
    changed_since: (request) => changes(now(), request, foreign()),
  } satisfies Partial<MockCommands>;
}

function datedCopies() {
  const made = new Map<string, { at: string; journal: JournalHead }[]>();
  const folderOf = (workspace: Workspace, folder?: string) => folder ?? `${workspace.path.replace(/\.tillproof$/, '')} backups`;
  const name = (workspace: Workspace, at: string) =>
    `${(workspace.path.split('/').pop() ?? '').replace(/\.tillproof$/, '')}.${at.slice(0, 10)}-${at.slice(11, 19).replaceAll(':', '')}.tillproof`;
  return {
    make(workspace: Workspace, request: AutoBackup): AutoBackupDone {
      const folder = folderOf(workspace, request.folder);
      const copies = made.get(folder) ?? [];
      const now = head(workspace);
      const newest = copies[0];
      const fresh = request.force || newest?.journal.seq !== now.seq;
      if (fresh) copies.unshift({ at: new Date().toISOString(), journal: now });
      const removed = copies.splice(request.keep ?? 7).map((one) => `${folder}/${name(workspace, one.at)}`);
      made.set(folder, copies);
      const last = copies[0] ?? { at: new Date().toISOString(), journal: now };
      return {
        outcome: fresh ? 'made' : 'unchanged',
        folder,
        path: `${folder}/${name(workspace, last.at)}`,
        at: last.at,
        size: 212_992,
        journal: last.journal,
        checked: fresh ? checked(now.seq + 40) : null,
        removed,
        left: [],
      };
    },
    list(workspace: Workspace, chosen?: string): Backups {
      const folder = folderOf(workspace, chosen);
      const backups = (made.get(folder) ?? []).map(({ at, journal }) => ({
        path: `${folder}/${name(workspace, at)}`,
        name: name(workspace, at),
        at,
        size: 212_992,
        state: 'readable',
        journal,
      }));
      return { folder, backups };
    },
  };
}

export function place(path: string, locale: Locale): Pick<WorkspaceInfo, 'place' | 'read_only' | 'read_only_because'> {
  const german = locale === 'de';
  const synced = path.startsWith(SYNCED);
  const read_only = path.startsWith(READ_ONLY);
  return {
    read_only,
    read_only_because: read_only ? (german ? 'Der Datenträger kann nur gelesen werden.' : 'The drive can only be read.') : null,
    place: {
      kind: synced ? 'synced' : 'local',
      name: synced ? 'Nextcloud' : '',
      advice: !synced
        ? ''
        : german
          ? 'Öffnen Sie die Datei immer nur auf einem Gerät und lassen Sie Nextcloud zuerst fertig werden.'
          : 'Open it on one device at a time and let Nextcloud finish first.',
    },
  };
}

function changes(workspace: Workspace, request: ChangedSince, foreign: number): Changes {
  const last = workspace.journal[workspace.journal.length - 1];
  const newer = workspace.journal.filter((entry) => entry.seq > request.seq);
  const seq = last?.seq ?? 0;
  return {
    changed: seq !== request.seq && (request.version === undefined || request.version !== foreign),
    version: foreign,
    journal: { seq, head: last?.hash ?? '' },
    subjects: [...new Set(newer.flatMap((entry) => entry.subjects))],
    people: [...new Set(newer.map((entry) => entry.actor))],
    replaced: false,
  };
}
