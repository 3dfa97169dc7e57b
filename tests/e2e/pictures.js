// Takes the pictures of the README: the example shop in the real window, in each language.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Page } from './page.js';
import { Home, closeWindow, openWindow } from './window.js';

const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../docs/pictures');

async function picture(page, name) {
  await page.driver.sleep(500); // The pictures are for people; a transition may end first.
  await writeFile(path.join(FOLDER, `${name}.png`), await page.driver.takeScreenshot(), 'base64');
}

await mkdir(FOLDER, { recursive: true });
for (const locale of ['en', 'de']) {
  const home = await Home.make(locale);
  const window = await openWindow(home);
  try {
    const page = new Page(window, `pictures-${locale}`);
    await home.answerDialog(home.at('Documents'));
    await page.click('start-demo');
    await page.find('nav-overview');
    await page.click('nav-overview');
    await picture(page, `overview-${locale}`);
    await page.click('nav-checklist');
    await page.click('requirement-row-pci-dss-4.0.1:8.3.6');
    await picture(page, `checklist-${locale}`);
  } finally {
    await closeWindow(window);
    await home.remove();
  }
}
