import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { workspace } from '../src/state/workspace.svelte';
import { open, soon, type Window } from './window';

const rows = () => screen.queryAllByTestId(/^requirement-row-/);
const ids = () => rows().map((row) => row.dataset['testid']?.replace('requirement-row-', '') ?? '');
const numbers = () => ids().map((id) => id.split(':')[1] ?? '');
const PCI = 'pci-dss-4.0.1';

async function at(scope: string, query: Record<string, string> = { framework: PCI }, subject: string | null = null): Promise<Window> {
  const view = await open({ open: 'example', scope });
  await view.visit('checklist', subject, query);
  await view.find('requirement');
  return view;
}

/** Waits until the rows out of sight are drawn, too. */
async function drawn(count: number): Promise<void> {
  await soon(() => expect(rows()).toHaveLength(count));
}

describe('ways through the checklist', () => {
  test('each way is one choice, offers its places, and stays in the address', async () => {
    const { user, find } = await at('A');
    for (const [way, place] of [
      ['theme', 'place-theme:mfa'],
      ['milestone', 'place-milestone:1'],
      ['who', 'place-who:developer'],
      ['effort', 'place-effort:minutes'],
      ['path', `place-framework:${PCI}`],
    ] as const) {
      await user.click(await find(`by-${way}`));
      await find(place);
      expect(location.hash, way).toContain(`by=${way}`);
    }
    await user.click(await find('by-section'));
    await find(`place-section:${PCI}:08-identify-and-authenticate`);
    expect(location.hash).not.toContain('by=');
  });

  test('a milestone has a name of its own and shows what belongs to it, without asking the backend again', async () => {
    const { user, find, asked } = await at('D-Merchant', { by: 'milestone' });
    const before = asked('list_requirements').length;
    const place = await find('place-milestone:1');
    expect(place.textContent).toContain('1. Do not keep card data you do not need');
    await user.click(place);
    await drawn(11);
    expect(screen.getByRole('heading', { level: 2, name: /^1\. Do not keep/ })).toBeTruthy();
    await user.click(await find('place-milestone:none'));
    await soon(() => expect(ids().every((id) => !id.startsWith(PCI))).toBe(true));
    expect(asked('list_requirements')).toHaveLength(before);
  });

  test('who and effort narrow the list to what is theirs', async () => {
    const { user, find } = await at('A', { by: 'who' });
    await user.click(await find('place-who:payment-provider'));
    const count = Number((await find('place-who:payment-provider')).textContent?.split('/')[1]);
    expect(count).toBeGreaterThan(0);
    await drawn(count);
    await user.click(await find('by-effort'));
    await user.click(await find('place-effort:minutes'));
    await soon(() => expect(location.hash).toContain('effort=minutes'));
    expect(location.hash).not.toContain('who=');
  });

  test('the best order comes from the backend, and each line says why', async () => {
    const { user, find, asked } = await at('D-Merchant', { framework: PCI, by: 'path' });
    await soon(() => expect(asked('list_requirements')).toContainEqual({ order: 'path' }));
    const why = (number: string) => screen.getByTestId(`requirement-row-${PCI}:${number}`).querySelectorAll('[data-testid=why] span');
    const reasons = (number: string) => [...(why(number) ?? [])].map((reason) => reason.textContent);
    expect(numbers()[0]).toBe('1.2.4');
    expect(reasons('1.2.4')).toEqual(['3 others build on it', 'milestone\u00a01']);
    expect(reasons('3.3.1.2')).toEqual(['milestone\u00a01', 'minutes']);
    await soon(() => expect(rows().some((row) => row.textContent?.includes('waits for 1.2.4'))).toBe(true));
    // An answer takes the waiting away, and nothing jumps.
    const order = ids();
    await user.click(await find('verdict-in-place'));
    await soon(() => expect(rows().some((row) => row.textContent?.includes('waits for 1.2.4'))).toBe(false));
    expect(ids().slice(0, 20)).toEqual(order.slice(0, 20));
  });

  test('the rows of a long list are one stop of Tab; the arrows go through them', async () => {
    const { user } = await at('D-ServiceProvider');
    await drawn(259);
    const stops = () => rows().filter((row) => row.tabIndex === 0);
    expect(stops()).toHaveLength(1);
    stops()[0]?.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    await soon(() => expect(ids().indexOf(document.activeElement?.getAttribute('data-testid')?.replace('requirement-row-', '') ?? '')).toBe(2));
    expect(stops()).toHaveLength(1);
    await user.keyboard('{End}');
    await soon(() => expect(document.activeElement).toBe(rows().at(-1)));
  });
});

describe('search and filters', () => {
  test('the search acts with the first key, finds texts that no row carries, and asks one thing at a time', async () => {
    const { user, find, asked } = await at('D-ServiceProvider');
    await drawn(259);
    const words = 'agency';
    await user.type(await find('search'), words);
    await soon(() => expect(rows().length).toBeLessThan(60));
    await soon(() => expect(asked('list_requirements').at(-1)).toEqual({ search: words }));
    expect(rows().some((row) => !row.textContent?.toLowerCase().includes(words)), 'found by its question or meaning').toBe(true);
    await user.clear(await find('search'));
    await drawn(259);
  });

  test('a filter needs no backend, and what is answered stays until it is set anew', async () => {
    const { user, find, asked } = await at('A');
    const before = asked('list_requirements').length;
    await user.selectOptions(await find('filter-verdict'), 'unanswered');
    await soon(() => expect(rows().length).toBeLessThan(27));
    const open = ids();
    await user.click(await find('verdict-in-place'));
    await soon(() => expect(screen.getByTestId('verdict-in-place').getAttribute('aria-pressed')).toBe('true'));
    await user.click(rows()[1] as HTMLElement);
    expect(ids()).toEqual(open);
    await user.selectOptions(await find('filter-verdict'), '');
    await user.selectOptions(await find('filter-verdict'), 'unanswered');
    await soon(() => expect(rows()).toHaveLength(open.length - 1));
    expect(asked('list_requirements')).toHaveLength(before);
  });
});

describe('what does not apply any more', () => {
  test('is below the list, folded, and can still be read but not answered', async () => {
    const { user, find, has, asked, backend } = await at('B-IP');
    const listed = rows().length;
    const fold = await find('kept');
    expect(fold.textContent).toContain('Does not apply any more (6)');
    expect(rows(), 'folded away').toHaveLength(listed);
    await user.click(screen.getByText('Does not apply any more (6)'));
    await user.click(await find(`requirement-row-${PCI}:8.3.5`));
    const notice = await find('kept-notice');
    expect(notice.textContent).toContain('ways of payment have changed');
    expect(notice.textContent).toContain('Nothing was deleted');
    expect((await find('kept-answer')).textContent).toContain('In place');
    expect(has('verdict-in-place') || has('note') || has('attach')).toBe(false);
    backend.drop(['/home/anna/x.png']);
    await user.keyboard('1');
    expect(asked('attach_evidence')).toHaveLength(0);
    expect(asked('answer_requirement')).toHaveLength(0);
  });

  test('says that the country is why, where it is', async () => {
    const view = await open({ open: 'example' });
    await view.visit('checklist', 'gdpr:DE-UWG-7.3', { framework: 'gdpr' });
    const mark = await view.find('country-only');
    expect(mark.textContent).toBe('Germany only');
    if (view.backend.open) view.backend.open.profile.country = 'AT';
    await workspace.refresh();
    await view.visit('overview');
    await view.user.click(await view.find('kept-gdpr'));
    const kept = await soonRow(/^requirement-row-gdpr:DE-/);
    await view.user.click(kept);
    expect((await view.find('kept-notice')).textContent).toContain('in Germany only');
  });
});

async function soonRow(id: RegExp): Promise<HTMLElement> {
  const found = await screen.findAllByTestId(id);
  return found[0] as HTMLElement;
}

describe('parts', () => {
  const ID = `${PCI}:6.4.3`;

  test('are saved at once, counted, and taken back by the same button', async () => {
    const { user, find, asked } = await at('A-EP', { framework: PCI }, ID);
    expect((await find('parts-progress')).textContent).toBe('0 of 3 parts answered');
    const part = await find('part-scripts-approved-in-place');
    part.focus();
    await user.keyboard(' ');
    await soon(() => expect(screen.getByTestId('parts-progress').textContent).toBe('1 of 3 parts answered'));
    expect(asked('answer_requirement')[0]).toMatchObject({ requirement: ID, parts: { 'scripts-approved': 'in-place' } });
    expect((await find('part-scripts-approved-in-place')).getAttribute('aria-pressed')).toBe('true');
    expect((await find(`requirement-row-${ID}`)).textContent).toContain('2 of 3 parts open');
    await user.click(await find('part-scripts-approved-in-place'));
    await soon(() => expect(screen.getByTestId('parts-progress').textContent).toBe('0 of 3 parts answered'));
    expect(asked('answer_requirement').at(-1)).toMatchObject({ parts: { 'scripts-approved': 'unanswered' } });
  });

  test('“in place” for the whole is refused at the answers while a part is not', async () => {
    const { user, find, has } = await at('A-EP', { framework: PCI }, ID);
    await user.click(await find('part-scripts-intact-not-in-place'));
    await soon(() => expect(screen.getByTestId('part-scripts-intact-not-in-place').getAttribute('aria-pressed')).toBe('true'));
    await user.click(await find('verdict-in-place'));
    const error = await find('error');
    expect(error.closest('.verdicts')).not.toBeNull();
    expect(error.textContent).toContain('one part is not met');
    await user.click(await find('part-scripts-intact-in-place'));
    await soon(() => expect(has('error')).toBe(false));
    await user.click(await find('verdict-in-place'));
    await soon(() => expect(screen.getByTestId('verdict-in-place').getAttribute('aria-pressed')).toBe('true'));
    // The other way round the error stands at the same place.
    await user.click(await find('part-scripts-intact-not-in-place'));
    expect((await find('error')).closest('.verdicts')).not.toBeNull();
  });
});

describe('how sure a list is, and who asks', () => {
  test('a list that is not sure says so, and so does a requirement in doubt', async () => {
    const { find, has, user } = await at('A+B-IP');
    expect((await find('scope-notice-B-IP')).textContent).toContain('1.4.2');
    expect(has('scope-notice-A')).toBe(false);
    await user.click(await find(`requirement-row-${PCI}:1.4.2`));
    expect((await find('compare-form')).textContent).toBe('compare with the official form');
    // Only where sources disagree: a mark on every line would say nothing.
    expect(rows().filter((row) => row.textContent?.includes('compare')).map((row) => row.dataset.testid)).toEqual([`requirement-row-${PCI}:1.4.2`]);
  });

  test('with several scopes lines and cards say which ask; with one they do not', async () => {
    const { find, user } = await at('A+B-IP');
    await user.click(await find(`requirement-row-${PCI}:12.10.1`));
    await screen.findByText('asked by SAQ A, SAQ B-IP');
    expect((await find(`requirement-row-${PCI}:12.10.1`)).querySelector('[data-testid=asked-by]')?.textContent).toBe('SAQ A, SAQ B-IP');
    expect(rows().some((row) => row.querySelector('[data-testid=asked-by]')?.textContent === 'SAQ B-IP')).toBe(true);
  });

  test('a sure list of one scope carries no mark', async () => {
    const { has } = await at('A');
    expect(has('asked-by') || has('compare-form') || has('scope-notice-A')).toBe(false);
  });

  test('the overview names the scopes and what is kept, and leads there', async () => {
    const { user, find, visit } = await open({ open: 'example', scope: 'B+B-IP' });
    await visit('overview');
    const tile = await find(`assessment-${PCI}`);
    expect(tile.textContent).toContain('SAQ B-IP');
    expect(tile.textContent).toMatch(/SAQ B(?!-)/);
    const kept = await find(`kept-${PCI}`);
    expect(kept.textContent).toMatch(/^\d+ answers? kept/);
    await user.click(kept);
    await soon(() => expect(screen.getByTestId('kept')).toHaveProperty('open', true));
  });
});
