import { describe, expect, test } from 'vitest';
import { open, soon } from './window';

const WAY_TO_A = ['no', 'no', 'yes', 'no', 'yes', 'yes', 'yes', 'redirect'];

describe('finder', () => {
  test('one question a page leads to the form, its answers are saved, and the lists start', async () => {
    const { user, find, visit, backend, has } = await open({ open: 'new' });
    await visit('setup', 'finder');
    for (const answer of WAY_TO_A) {
      const choice = await find(`finder-answer-${answer}`);
      expect(has('finder-next')).toBe(true);
      await user.click(choice);
      const question = choice.getAttribute('name');
      await user.click(await find('finder-next'));
      await soon(() => expect(has(`finder-question-${question}`), `${question} is answered`).toBe(false));
    }
    const start = await find('start-assessments');
    expect(Object.values(backend.open?.profile.finder_answers ?? {})).toEqual(WAY_TO_A);
    expect(await find('start-pci-dss-4.0.1')).toHaveProperty('checked', true);
    await user.click(await find('start-shop-security'));
    await user.click(start);
    await find('next-step');
    expect(backend.open?.assessments.map((one) => [one.framework, one.scope])).toEqual([
      ['pci-dss-4.0.1', 'A'],
      ['gdpr', 'shop'],
    ]);
  });

  test('going back loses no answer', async () => {
    const { user, find, visit } = await open({ open: 'new' });
    await visit('setup', 'finder');
    await user.click(await find('finder-answer-no'));
    await user.click(await find('finder-next'));
    await find('finder-question-electronic-storage');
    await user.click(await find('finder-answer-yes'));
    await user.click(await find('finder-back'));
    await find('finder-question-service-provider');
    expect(await find('finder-answer-no')).toHaveProperty('checked', true);
    await user.click(await find('finder-next'));
    await find('finder-question-electronic-storage');
    expect(await find('finder-answer-yes'), 'chosen, though not yet sent').toHaveProperty('checked', true);
  });

  test('a form that Tillproof does not have is said so, and the other lists start', async () => {
    const { user, find, visit, has } = await open({ open: 'new' });
    await visit('setup', 'finder');
    await user.click(await find('finder-answer-yes'));
    await user.click(await find('finder-next'));
    await find('scope-unavailable');
    expect(has('start-pci-dss-4.0.1')).toBe(false);
    await find('start-gdpr');
    await find('start-shop-security');
  });
});
