// What people expect of every program on their desktop: a menu, keys, files that open by double click, one window, and a
// window that is where it was.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beside } from '../beside.js';
import { tillproof, workspaceWith } from '../program.js';
import { story } from '../story.js';
import { startAgain } from '../window.js';

const run = promisify(execFile);
const PASSPHRASE = 'a door with a proper handle 6';
const ROW = 'gdpr:5.2';

const WORDS = {
  en: { columns: ['File', 'Edit', 'View', 'Help'], recent: 'Open Recent', print: 'Print…', note: 'Typed, and not yet saved.', edit: 'alt+e', selectAll: 'a', cut: 't', paste: 'p', undo: 'u', file: 'alt+f', recently: 'r', other: 'de', close: 'Diese Datei schließen' },
  de: { columns: ['Datei', 'Bearbeiten', 'Ansicht', 'Hilfe'], recent: 'Zuletzt geöffnet', print: 'Drucken …', note: 'Getippt und noch nicht gespeichert.', edit: 'alt+b', selectAll: 'l', cut: 'a', paste: 'i', undo: 'r', file: 'alt+d', recently: 'z', other: 'en', close: 'Close This File' },
};

const plain = (text) => text.replaceAll(/&(.)/g, '$1');
const menuOf = async (home) => JSON.parse(await readFile(home.at('settings', 'menu.json'), 'utf8'));
const menuUntil = (page, home, what, condition) =>
  page.until(what, async () => condition(await menuOf(home).catch(() => ({ columns: [], lines: {}, recent: [] }))));

for (const locale of ['en', 'de']) {
  const words = WORDS[locale];

  story('the menu and its keys', locale, async (told) => {
    const { home } = told;
    const file = await workspaceWith(home, [['gdpr']]);
    const noteOf = async () => (await tillproof(home, ['show', file, ROW])).note;
    const columns = (menu) => menu.columns.map(plain).filter((word) => word !== words.recent);

    await told.open();
    await told.step('it speaks the language, and offers what is possible without a file', async (page) => {
      await page.find('start-open');
      await menuUntil(page, home, 'the menu is there', (menu) => columns(menu).join() === words.columns.join());
      const { lines, recent } = await menuOf(home);
      assert.equal(plain(lines.print[0]), words.print);
      const possible = Object.entries(lines).filter(([, [, enabled]]) => enabled).map(([id]) => id);
      assert.deepEqual(possible.toSorted(), ['Copy', 'Cut', 'Paste', 'Redo', 'SelectAll', 'Undo', 'help', 'larger', 'new', 'open', 'plain', 'quit', 'smaller']);
      assert.deepEqual(recent, [], 'nothing was opened yet');
    });

    await told.step('Ctrl+O opens a file, and everything else becomes possible', async (page) => {
      await home.answerDialog(file);
      await page.pressKey('ctrl+o');
      await page.find('nav-overview');
      await menuUntil(page, home, 'all is possible', ({ lines }) => Object.values(lines).every(([, enabled]) => enabled));
      const { recent } = await menuOf(home);
      assert.equal(recent.length, 1, `the file is among those opened last: ${recent}`);
      assert.ok(recent[0].startsWith('Lindenhof – '), recent[0]);
    });

    await told.step('keys lead to the screens', async (page) => {
      for (const [key, screen] of [['2', 'checklist'], ['5', 'tasks'], ['9', 'report'], ['1', 'overview']]) {
        await page.pressKey(`ctrl+${key}`);
        await page.seen(`[data-screen="${screen}"] h1`);
      }
      await page.pressKey('F1');
      await page.find('help-dialog');
      await page.pressKey('ctrl+2');
      await page.find('help-dialog');
      assert.equal(await page.driver.executeScript('return document.querySelector("[data-screen]").dataset.screen'), 'overview', 'a dialog is left first');
      await page.pressKey('Escape');
      await page.goneFrom('help-dialog');
    });

    await told.step('Ctrl and plus show everything larger, Ctrl+0 as it was', async (page) => {
      const width = () => page.driver.executeScript('return innerWidth');
      const before = await width();
      await page.pressKey('ctrl+plus');
      await page.pressKey('ctrl+plus');
      await page.until('it is larger', async () => (await width()) <= before / 1.2);
      await page.look('larger');
      await told.close();
      page = await told.open();
      await page.find('start-open');
      await page.until('the next start is as large', async () => (await width()) <= before / 1.2);
      await page.pressKey('ctrl+0');
      await page.until('it is as it was', async () => (await width()) === before);
      await page.begin(file);
    });

    await told.step('Ctrl+Z in a text takes back typing, and elsewhere the last change', async (page) => {
      await page.pressKey('ctrl+2');
      await page.click(`requirement-row-${ROW}`);
      await page.click('verdict-in-place');
      await page.seen('[data-testid="verdict-in-place"][aria-pressed="true"]');
      await page.write('note', words.note);
      await page.pressKey('ctrl+z');
      await page.until('typing is taken back', async () => (await page.value('note')) !== words.note);
      await page.seen('[data-testid="verdict-in-place"][aria-pressed="true"]');
      await page.pressKey('ctrl+shift+z');
      await page.until('and done again', async () => (await page.value('note')) === words.note);
      await page.driver.executeScript('document.querySelector(`[data-testid="requirement"] h2, h1`).focus(); document.activeElement.blur()');
      await page.pressKey('ctrl+z');
      await page.find('taken-back');
      assert.equal(await noteOf(), '', 'the note is taken back, as a change');
      await page.until('it is shown', async () => (await page.value('note')) === '');
    });

    await told.step('the menu edits a text', async (page) => {
      const choose = async (line) => {
        await page.pressKey(words.edit);
        await page.driver.sleep(300); // A menu has no page that says when it is open.
        await page.pressKey(line);
      };
      await page.type('search', 'abc');
      for (const [line, text] of [[words.selectAll, 'abc'], [words.cut, ''], [words.paste, 'abc'], [words.undo, '']]) {
        await choose(line);
        await page.until(`the field reads “${text}”`, async () => (await page.value('search')) === text);
      }
    });

    await told.step('the menu follows the language', async (page) => {
      await page.click('nav-settings');
      await page.tick(`language-${words.other}`);
      await menuUntil(page, home, 'the menu has followed', ({ lines }) => plain(lines.close[0]) === words.close);
      await page.tick(`language-${locale}`);
      await menuUntil(page, home, 'the menu is back', (menu) => columns(menu).join() === words.columns.join());
    });

    await told.step('Ctrl+W closes the file in the middle of a note, which is saved', async (page) => {
      await page.pressKey('ctrl+2');
      await page.click(`requirement-row-${ROW}`);
      await page.type('note', `${words.note} 2`);
      await page.pressKey('ctrl+w');
      await page.find('start-create');
      assert.equal(await noteOf(), `${words.note} 2`);
      await menuUntil(page, home, 'only some is possible', ({ lines }) => !lines.close[1] && lines.open[1]);
    });

    await told.step('the menu opens what was opened last', async (page) => {
      for (const key of [words.file, words.recently, 'Return']) {
        await page.pressKey(key);
        await page.driver.sleep(300); // A menu has no page that says when it is open.
      }
      await page.find('nav-overview');
    });

    await told.step('Ctrl+N asks first where something is not saved', async (page) => {
      await page.click('nav-tasks');
      await page.click('task-new');
      await page.type('task-title', words.note);
      await page.pressKey('ctrl+n');
      await page.click('leave-stay');
      assert.equal(await page.value('task-title'), words.note, 'nothing is lost');
      await page.pressKey('ctrl+n');
      await page.click('leave-anyway');
      await page.find('create-name');
    });

    await told.step('Ctrl+Q saves what is typed, and ends', async (page) => {
      await page.click('back');
      await page.begin(file);
      await page.pressKey('ctrl+2');
      await page.click(`requirement-row-${ROW}`);
      await page.type('note', `${words.note} 3`);
      await page.pressKey('ctrl+q');
      await told.ended();
      assert.equal(await noteOf(), `${words.note} 3`);
    });
  });
}

story('files from outside, and one window', 'en', async (told) => {
  const { home } = told;
  const file = await workspaceWith(home, [['gdpr']]);
  const locked = home.at('Documents', 'löcked & shop.tillproof');
  await tillproof(home, ['new', locked, '--name', 'Safe', '--country', 'DE'], { passphrase: PASSPHRASE });
  const wrong = home.at('Documents', 'picture.tillproof');
  await writeFile(wrong, 'this is no workspace, whatever its name says');

  await told.open({ words: [locked] });
  await told.step('a file on the command line asks for its passphrase', async (page) => {
    await page.type('open-passphrase', PASSPHRASE);
    assert.equal(await page.value('open-path'), locked);
    await page.click('open-submit');
    await page.find('profile-save');
  });

  await told.step('a second start brings its file to the first window', async (page) => {
    assert.equal(await startAgain(home, path.basename(file)), 0, 'from another folder, there is no such file');
    await page.find('error');
    assert.equal(await startAgain(home, file), 0);
    await page.find('nav-overview');
    await page.click('nav-checklist');
    await page.click(`requirement-row-${ROW}`);
    await page.type('note', 'Typed when the other file came.');
    assert.equal(await startAgain(home, locked), 0);
    await page.find('open-passphrase');
    assert.equal((await tillproof(home, ['show', file, ROW])).note, 'Typed when the other file came.', 'it was saved');
    await page.type('open-passphrase', PASSPHRASE);
    await page.click('open-submit');
    await page.find('nav-overview');
  });

  await told.step('a start without a file changes nothing', async (page) => {
    assert.equal(await startAgain(home), 0);
    await page.click('nav-settings');
    assert.equal(await page.text('workspace-path'), locked);
  });

  await told.step('what is none gives the error that it always gives', async (page) => {
    assert.equal(await startAgain(home, wrong), 0);
    const error = await page.text('error');
    assert.ok(error.includes('picture.tillproof') && error.length > 40, error);
    await page.look('wrong-file');
  });

  await told.step('a locked window stays locked until another file comes', async (page) => {
    await page.click('recent-Safe');
    await page.type('open-passphrase', PASSPHRASE);
    await page.click('open-submit');
    await page.find('rail-lock');
    await page.pressKey('ctrl+shift+l');
    await page.find('lock-screen');
    await menuUntil(page, home, 'nothing behind it can be reached', ({ lines }) => !lines.overview[1] && !lines.print[1] && !lines['take-back'][1]);
    await page.pressKey('ctrl+2');
    await startAgain(home);
    await page.find('lock-screen');
    await startAgain(home, file);
    await page.find('nav-overview');
    await page.goneFrom('lock-screen');
  });

  await told.step('a name that is no text ends nobody', async (page) => {
    const odd = "$'/tmp/k\\xe4se.tillproof'";
    await run('bash', ['-c', `exec "$TILLPROOF_WINDOW" ${odd}`], { env: home.environment() });
    await page.reads('has characters that Tillproof cannot read');
  });

  await told.close();
  await told.step('without a session bus it starts all the same', async () => {
    const page = await told.open({ words: [file], environment: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${home.at('no-bus')}` } });
    await page.find('nav-overview');
  });
});

story('the window is where it was', 'en', async (told) => {
  const { home } = told;
  const frame = async () => JSON.parse(await readFile(home.at('settings', 'window.json'), 'utf8'));
  const seen = (page) => page.driver.executeScript('return [innerWidth, innerHeight]');
  await told.open();
  let size;
  await told.step('it is made smaller', async (page) => {
    await page.find('start-open');
    await page.driver.manage().window().setRect({ x: 210, y: 120, width: 1010, height: 700 });
    await page.until('it is smaller', async () => (await seen(page))[0] === 1010);
    size = await seen(page);
  });
  for (const turn of ['the next start', 'the one after it']) {
    await told.close();
    await told.step(`${turn} finds it so`, async () => {
      const kept = await frame();
      assert.deepEqual(kept.size, [1010, 700]);
      assert.deepEqual(kept.place, [210, 120]);
      const page = await told.open();
      await page.find('start-open');
      await page.until('it is as large', async () => String(await seen(page)) === String(size));
      const { x, y } = await page.driver.manage().window().getRect();
      assert.deepEqual([x, y], [210, 120]);
    });
  }
  await told.close();
  await told.step('a place that is gone is left', async () => {
    await writeFile(home.at('settings', 'window.json'), JSON.stringify({ ...(await frame()), place: [5000, 40], size: [9000, 700] }));
    const page = await told.open();
    await page.find('start-open');
    const { x, y } = await page.driver.manage().window().getRect();
    const [width] = await seen(page);
    assert.ok(x + width <= 1600 && x >= 0 && y >= 0, `the window is at ${x}, ${y} and ${width} wide, on a screen of 1600`);
  });
});

story('light and dark as the system has it', 'en', async (told) => {
  const { home } = told;
  const file = home.at('xsettings.conf');
  const theme = (name) => writeFile(file, `Net/ThemeName "${name}"\n`);
  await theme('Adwaita');
  // What a desktop tells its windows with, X or Wayland, GTK hears here from this.
  const desktop = await beside('xsettingsd', ['-c', file], { ready: (said) => said.join('').includes('Took ownership') });
  try {
    await told.open();
    for (const [name, shown] of [['Adwaita', 'light'], ['Adwaita-dark', 'dark'], ['Adwaita', 'light']]) {
      await told.step(`with ${name} it is ${shown}`, async (page) => {
        await page.find('start-open');
        await theme(name);
        desktop.tell('SIGHUP');
        await page.until(`it is ${shown}`, async () => (await page.driver.executeScript('return document.documentElement.dataset.theme')) === shown);
      });
    }
    await told.step('what was chosen by hand stays', async (page) => {
      await page.tick('theme-light');
      await theme('Adwaita-dark');
      desktop.tell('SIGHUP');
      await page.until('the system is dark', () => page.driver.executeScript('return matchMedia("(prefers-color-scheme: dark)").matches'));
      assert.equal(await page.driver.executeScript('return document.documentElement.dataset.theme'), 'light');
    });
  } finally {
    await desktop.end();
  }
});
