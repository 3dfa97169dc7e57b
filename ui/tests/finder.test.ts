import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { MockOptions } from '../src/backend/mock';
import { workspace } from '../src/state/workspace.svelte';
import { open, soon, type Window } from './window';

const WAY_TO_A = ['no', 'no', 'yes', 'no', 'yes', 'yes', 'yes', 'redirect'];
/** From the question which way it is; what is asked about the whole business is taken over. */
const ON_TO_B_IP = ['no', 'no', 'no', 'no', 'no', 'yes'];
const ON_TO_SPOC = ['no', 'no', 'no', 'yes'];

async function answer({ user, find, has }: Window, answers: string[]): Promise<void> {
  for (const value of answers) {
    const choice = await find(`finder-answer-${value}`);
    expect(has('finder-next')).toBe(true);
    await user.click(choice);
    const question = choice.getAttribute('name');
    await user.click(await find('finder-next'));
    await soon(() => expect(has(`finder-question-${question}`), `${question} is answered`).toBe(false));
  }
}

/** The result page after the first way of payment led to SAQ A. */
async function afterA(options: MockOptions = { open: 'new' }): Promise<Window> {
  const view = await open(options);
  if (options.open === 'example') {
    await view.visit('setup', 'result');
  } else {
    await view.visit('setup', 'finder');
    await answer(view, WAY_TO_A);
  }
  await view.find('start-assessments');
  return view;
}

describe('finder', () => {
  test('one question a page leads to the form, its answers are saved, and the lists start', async () => {
    const view = await open({ open: 'new' });
    const { user, find, visit, backend } = view;
    await visit('setup', 'finder');
    await answer(view, WAY_TO_A);
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

  test('a form that could not be verified is said so plainly, and the other lists start', async () => {
    const view = await open({ open: 'new' });
    const { find, visit, has } = view;
    await visit('setup', 'finder');
    await answer(view, ['no', 'no', ...ON_TO_SPOC]);
    const notice = await find('scope-unavailable');
    expect(notice.textContent).toContain('could not be verified');
    expect(notice.textContent, 'nothing is promised').not.toMatch(/yet|to come/);
    await find('start-gdpr');
    await find('start-shop-security');
    expect(has('start-pci-dss-4.0.1')).toBe(false);
  });

  test('what to know about a scope is shown before its list is started', async () => {
    const view = await open({ open: 'new' });
    await view.visit('setup', 'finder');
    await answer(view, ['no', 'no', ...ON_TO_B_IP]);
    const notice = await view.find('scope-notice-B-IP');
    expect(notice.textContent).toContain('before you sign');
    expect(notice.textContent, 'the notice of the scope itself').toContain('1.4.2');
    const start = await view.find('start-assessments');
    expect(notice.compareDocumentPosition(start) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });
});

// Some twenty questions are a long way on a busy machine.
describe('several ways of payment', { timeout: 20_000 }, () => {
  test('another way starts from what is known of the whole business, and one list is made of both', async () => {
    const view = await afterA();
    const { user, find, has, backend, asked } = view;
    await user.click(await find('finder-another'));
    await find('finder-question-web-shop');
    expect(backend.open?.profile.more_finder_answers, 'nothing is kept before it is answered').toEqual([]);
    await answer(view, ON_TO_B_IP);
    expect((await find('way-1')).textContent).toContain('web shop');
    expect((await find('way-2')).textContent).toContain('phone, mail or counter');
    expect(Object.values(backend.open?.profile.finder_answers ?? {}), 'the first way is as it was').toEqual(WAY_TO_A);
    expect(backend.open?.profile.more_finder_answers).toEqual([expect.objectContaining({ 'service-provider': 'no', 'electronic-storage': 'no', 'web-shop': 'no', 'pts-ip': 'yes' })]);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Your ways of payment lead to SAQ A and SAQ B-IP');
    const box = await find('start-pci-dss-4.0.1');
    const together = await backend.call('find_saq_together', asked('find_saq_together').at(-1) as never, 'en');
    expect(together.requirements.length, 'each is counted once').toBeLessThan(together.scopes.reduce((sum, one) => sum + one.requirements, 0));
    expect(box.parentElement?.textContent).toContain(`${together.requirements.length} requirements`);
    expect(has('scope-notice-A') && has('scope-notice-B-IP')).toBe(true);
    await user.click(await find('start-assessments'));
    await find('next-step');
    expect(backend.open?.assessments.map((one) => one.scope)).toContain('A+B-IP');
    expect(backend.open?.assessments.filter((one) => one.framework === 'pci-dss-4.0.1')).toHaveLength(1);
  });

  test('a way is gone through again and taken away, and the other one stays', async () => {
    const view = await afterA();
    const { user, find, has, backend } = view;
    await user.click(await find('finder-another'));
    await answer(view, ON_TO_B_IP);
    await user.click(await find('way-2-again'));
    await find('finder-question-service-provider');
    for (let step = 0; step < 5; step += 1) {
      const form = document.querySelector('form')?.dataset['testid'];
      await user.click(await find('finder-next'));
      await soon(() => expect(has(form ?? '')).toBe(false));
    }
    await find('finder-question-spoc');
    await answer(view, ['yes']);
    expect((await find('way-2')).textContent).toContain('SPoC');
    expect(backend.open?.profile.more_finder_answers).toEqual([expect.objectContaining({ spoc: 'yes' })]);
    await find('scope-unavailable');
    await user.click(await find('way-1-remove'));
    await soon(() => expect(has('way-2')).toBe(false));
    expect(backend.open?.profile.finder_answers).toMatchObject({ spoc: 'yes' });
    expect(backend.open?.profile.more_finder_answers).toEqual([]);
  });

  test('with a form that has no list the list is made of the others', async () => {
    const view = await afterA();
    const { user, find, backend } = view;
    await user.click(await find('finder-another'));
    await answer(view, ON_TO_SPOC);
    await find('scope-unavailable');
    await user.click(await find('start-assessments'));
    await find('next-step');
    expect(backend.open?.assessments[0]?.scope).toBe('A');
  });

  test('a way that is not finished holds the PCI list back, and no other list', async () => {
    const view = await afterA();
    const { user, find, has, visit } = view;
    await user.click(await find('finder-another'));
    await answer(view, ['no']);
    await visit('setup', 'result');
    await find('way-unfinished');
    await find('start-gdpr');
    expect(has('start-pci-dss-4.0.1')).toBe(false);
    await user.click(await find('way-2-remove'));
    await find('start-pci-dss-4.0.1');
  });

  test('a list that was started is changed to the scopes found now, and its answers stay', async () => {
    const view = await afterA({ open: 'example' });
    const { user, find, has, asked, backend } = view;
    expect(has('change-scope'), 'the list has the scope that was found').toBe(false);
    const answers = backend.open?.answers.size;
    await user.click(await find('finder-another'));
    await answer(view, ON_TO_B_IP);
    const offer = await find('scope-outdated');
    expect(offer.textContent).toContain('All your answers stay');
    expect(offer.textContent).toContain('kept apart');
    await user.click(await find('change-scope'));
    await find('scope-changed');
    await soon(() => expect(has('change-scope')).toBe(false));
    expect(asked('change_scope')).toEqual([{ assessment: 'assessment-pci-dss-4.0.1', scope: 'A+B-IP' }]);
    expect(workspace.info?.assessments[0]?.scope).toBe('A+B-IP');
    expect(backend.open?.answers.size).toBe(answers);
    await user.click(await find('way-1-remove'));
    await user.click(await find('change-scope'));
    await soon(() => expect(screen.getByTestId('scope-changed').textContent).toMatch(/\d+ answers? no longer appl(y|ies) and (is|are) kept apart/));
  });
});
