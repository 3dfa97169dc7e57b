import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { open, soon } from './window';

const CCW = { verdict: 'in-place-ccw', framework: 'pci-dss-4.0.1' };

describe('worksheets', () => {
  test('a compensating control opens its six points, which save themselves', async () => {
    const { user, visit, find, asked, backend } = await open({ open: 'example' });
    await visit('checklist', null, CCW);
    expect((await find('worksheet')).dataset['state']).toBe('open');
    expect((await find('worksheet-state')).textContent).toBe('4 points open');
    await user.type(await find('worksheet-risk'), 'Fewer letters.');
    await soon(() => expect(asked('answer_requirement')).toContainEqual(expect.objectContaining({ worksheet: { risk: 'Fewer letters.' } })));
    await soon(() => expect(screen.getByTestId('worksheet-state').textContent).toBe('3 points open'));
    expect([...(backend.open?.answers.values() ?? [])].some((answer) => answer.worksheet?.['risk'] === 'Fewer letters.')).toBe(true);
    expect(screen.getByTestId('verdict-in-place-ccw').getAttribute('aria-pressed'), 'the verdict stands').toBe('true');
  });

  test('what is typed is saved to its own point when another one is opened at once', async () => {
    const { user, visit, find, asked } = await open({ open: 'example' });
    await visit('checklist', null, CCW);
    await user.type(await find('worksheet-risk'), 'A');
    await user.type(await find('worksheet-validation'), 'B');
    await user.tab();
    await soon(() => expect(asked('answer_requirement').filter((one) => 'worksheet' in one).map((one) => one['worksheet'])).toEqual([{ risk: 'A' }, { validation: 'B' }]));
  });

  test('a law is folded away until somebody claims it', async () => {
    const { user, visit, find } = await open({ open: 'example' });
    await visit('checklist', null, { verdict: 'not-in-place', framework: 'pci-dss-4.0.1' });
    expect((await find('worksheet')).dataset['state']).toBe('offered');
    await user.click((await find('worksheet-offered')).querySelector('summary') as HTMLElement);
    await user.type(await find('worksheet-law'), 'Court order');
    await soon(() => expect(screen.getByTestId('worksheet').dataset['state']).toBe('open'));
    expect((screen.getByTestId('worksheet-law') as HTMLTextAreaElement).value).toBe('Court order');
    expect(document.activeElement, 'the field stays while it is typed in').toBe(screen.getByTestId('worksheet-law'));
  });

  test('the list says what is open and leads to the requirement', async () => {
    const { user, visit, find } = await open({ open: 'example' });
    await visit('worksheets');
    const all = (await screen.findAllByTestId(/^worksheet-pci/)).length;
    await user.click(await find('worksheets-show-open'));
    await soon(() => expect(screen.getAllByTestId(/^worksheet-pci/).length).toBeLessThan(all));
    const first = screen.getAllByTestId(/^worksheet-pci/)[0] as HTMLElement;
    expect(first.textContent).toContain('Open:');
    await user.click(first);
    await find('worksheet');
    expect(location.hash).toContain(encodeURIComponent(first.dataset['testid']?.replace('worksheet-', '') ?? ''));
  });

  test('without one, the screen says how one comes to be', async () => {
    const { visit } = await open({ open: 'new' });
    await visit('worksheets');
    await screen.findByText('No answer has opened a worksheet');
  });

  test('a long list of links is folded after five', async () => {
    const { user, visit, find } = await open({ open: 'example' });
    await visit('checklist', 'gdpr:32.1.b', { framework: 'gdpr' });
    const linked = await find('linked');
    const more = await find('linked-more');
    expect(linked.querySelectorAll(':scope > ul > li')).toHaveLength(5);
    expect(more.querySelectorAll('li').length).toBeGreaterThan(20);
    await user.click(more.querySelector('summary') as HTMLElement);
    expect((more as HTMLDetailsElement).open).toBe(true);
  });
});
