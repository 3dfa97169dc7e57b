// Where files are. With a desktop the system's own dialogs ask; without one (a test, a bare session) a plain field does.

import { host, type SaveKind } from '../backend';

export type Question =
  | { kind: 'open' | 'backup' | 'folder' | 'evidence'; suggested: string }
  | { kind: 'save'; suggested: string };

/** A name as a file may bear it on every system. */
export const fileName = (name: string): string => name.replace(/[\\/:*?"<>|]/g, '-');

let dialogs = $state(true);
let version = $state('');
let question = $state.raw<(Question & { answer: (text: string | null) => void }) | null>(null);

export const paths = {
  get dialogs(): boolean {
    return dialogs;
  },
  get version(): string {
    return version;
  },
  get question() {
    return question;
  },
  start(known: { dialogs: boolean; version: string }): void {
    dialogs = known.dialogs;
    version = known.version;
  },
  toOpen: (): Promise<string | null> =>
    dialogs ? host.chooseWorkspaceToOpen() : ask({ kind: 'open', suggested: '' }),
  toSave: (kind: SaveKind, suggested: string): Promise<string | null> =>
    dialogs ? host.chooseWhereToSave(kind, suggested) : ask({ kind: 'save', suggested }),
  backup: (): Promise<string | null> => (dialogs ? host.chooseBackup() : ask({ kind: 'backup', suggested: '' })),
  demoFolder: (): Promise<string | null> =>
    dialogs ? host.chooseDemoFolder() : ask({ kind: 'folder', suggested: '' }),
  backupFolder: (): Promise<string | null> =>
    dialogs ? host.chooseBackupFolder() : ask({ kind: 'folder', suggested: '' }),
  checklistFolder: (): Promise<string | null> =>
    dialogs ? host.chooseChecklistFolder() : ask({ kind: 'folder', suggested: '' }),
  async evidence(): Promise<string[]> {
    if (dialogs) return host.chooseEvidence();
    const text = await ask({ kind: 'evidence', suggested: '' });
    return (text ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
  },
};

function ask(asked: Question): Promise<string | null> {
  return new Promise((resolve) => {
    question = {
      ...asked,
      answer(text) {
        question = null;
        resolve(text);
      },
    };
  });
}
