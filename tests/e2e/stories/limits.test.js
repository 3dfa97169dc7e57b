// What a page that went wrong cannot do: name files of its own, reach other commands, load or open anything from elsewhere.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { story } from '../story.js';

story('the limits of the page', 'en', async (told) => {
  const { home } = told;
  const secret = home.at('secret.txt');
  await writeFile(secret, 'a file of the user');
  const rpc = (page, command, request) => page.invoke('rpc', { command, request, locale: 'en' });

  await told.open();
  await told.step('it cannot name a path of its own', async (page) => {
    await page.find('start-create');
    const create = { name: 'Shop', locale: 'en', unencrypted: true };
    const own = await rpc(page, 'create_workspace', { ...create, path: home.at('own.tillproof') });
    assert.ok(own.error?.code && own.error.hint, `a path of its own is refused: ${JSON.stringify(own)}`);
    assert.ok((await rpc(page, 'probe_workspace', { path: secret })).error, 'not even a look at it');

    const chosen = home.at('Documents', 'shop.tillproof');
    await home.answerDialog(chosen);
    assert.deepEqual(await page.invoke('choose_where_to_save', { kind: 'workspace', suggested: 'shop' }), { ok: chosen });
    const made = await rpc(page, 'create_workspace', { ...create, path: chosen });
    assert.equal(made.ok?.profile?.name, 'Shop', `a chosen path is good: ${JSON.stringify(made)}`);

    const [first] = (await rpc(page, 'list_frameworks', {})).ok.frameworks.filter((one) => one.id === 'gdpr');
    assert.ok((await rpc(page, 'start_assessment', { framework: first.id })).ok);
    const [requirement] = (await rpc(page, 'list_requirements', {})).ok.requirements;
    const attach = (path) => rpc(page, 'attach_evidence', { requirements: [requirement.id], paths: [path] });
    for (const path of [secret, home.at('Documents', '..', 'secret.txt'), '/etc/passwd', 'secret.txt', '']) {
      assert.ok((await attach(path)).error, `${path} was attached`);
    }
    await home.answerDialog([secret]);
    assert.deepEqual(await page.invoke('choose_evidence'), { ok: [secret] });
    assert.equal((await attach(secret)).ok?.evidence?.[0]?.name, 'secret.txt', 'once chosen, it can be attached');
    for (const command of ['export_report', 'backup_workspace']) {
      assert.ok((await rpc(page, command, { path: home.at(`${command}.out`) })).error, `${command} wrote where it liked`);
    }
  });

  await told.step('it cannot open files that Tillproof did not write', async (page) => {
    for (const path of [secret, '/etc/passwd', home.at('Documents', 'shop.tillproof')]) {
      assert.equal((await page.invoke('open_file', { path })).error?.code, 'not-written-here', path);
    }
    assert.equal((await page.invoke('show_in_folder', { path: secret })).error?.code, 'not-written-here');
  });

  await told.step('it reaches no other command', async (page) => {
    for (const command of [
      'plugin:dialog|open',
      'plugin:dialog|save',
      'plugin:opener|open_path',
      'plugin:opener|open_url',
      'plugin:event|emit',
      'plugin:window|set_title',
      'plugin:window|create',
      'plugin:webview|create_webview_window',
      'plugin:path|resolve_directory',
      'plugin:app|version',
      'no_such_command',
    ]) {
      const answer = await page.invoke(command, { path: '/etc/passwd', url: 'https://example.org' });
      assert.match(String(answer.error), /not allowed/, command);
    }
    assert.equal((await rpc(page, 'no_such_command', {})).error?.code, 'unknown-command');
    assert.equal((await rpc(page, 'overview', { surprise: 1 })).error?.code, 'invalid-request');
  });

  await told.step('it loads, sends and opens nothing elsewhere', async (page) => {
    const { driver } = page;
    assert.match(await driver.executeScript('try { return String((0, eval)("1 + 1")) } catch (e) { return e.name }'), /EvalError/);
    await driver.executeScript(
      'const s = document.createElement("script"); s.textContent = "window.__pwned = 1"; document.documentElement.append(s)',
    );
    assert.equal(await driver.executeScript('return typeof window.__pwned'), 'undefined', 'a script in the page ran');
    const fetched = await driver.executeAsyncScript(
      'const done = arguments[0]; fetch("http://127.0.0.1:9/").then(() => done("answered"), (e) => done(e.name))',
    );
    assert.equal(fetched, 'TypeError');
    assert.equal(await driver.executeScript('return String(window.open("https://example.org/"))'), 'null');
    for (const address of ['https://example.org/', 'file:///etc/passwd', 'data:text/html,x', 'about:blank']) {
      await driver.executeScript('location.href = arguments[0]', address);
      const here = await driver.executeAsyncScript(
        'const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(location.href)))',
      );
      assert.match(here, /^tauri:\/\/localhost/, `the page went to ${address}`);
    }
    assert.equal((await driver.getAllWindowHandles()).length, 1, 'another window is open');
    await page.reads('Tillproof');
  });
});
