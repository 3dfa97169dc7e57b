import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { language } from '../src/state/language.svelte';
import { open, soon } from './window';

describe('registers', () => {
  test('the record begins with the templates that were left ticked', async () => {
    const { user, visit, find, asked, has } = await open({ open: 'new' });
    await visit('registers');
    await user.click(await find('processing-start'));
    await user.click(await find('template-video-surveillance'));
    await user.click(await find('processing-start-submit'));
    await soon(() => expect(screen.getAllByTestId(/^processing-row-/).length).toBeGreaterThan(10));
    const [{ templates }] = asked('start_processing') as [{ templates: string[] }];
    expect(templates).toContain('orders');
    expect(templates).not.toContain('video-surveillance');
    expect(has('processing-start-dialog')).toBe(false);
    await user.click(await find('processing-start'));
    await soon(() => expect(screen.getByTestId('template-video-surveillance')).toBeTruthy());
    expect(has('template-orders'), 'none is offered twice').toBe(false);
  });

  test('an activity says what is open and takes an answer', async () => {
    const { user, visit, find, asked } = await open({ open: 'example' });
    await visit('registers');
    await user.click(await screen.findByText('Newsletter'));
    expect((await find('register-lacks')).textContent).toContain('Art. 30(1)(e) GDPR');
    await user.click(await find('processing-abroad-no'));
    await user.type(await find('processing-responsible'), 'Anna');
    await user.click(await find('processing-save'));
    await soon(() => expect(asked('set_processing').at(-1)).toMatchObject({ third_countries: false, responsible: 'Anna', special_categories: false, rev: 1 }));
    await soon(() => expect(screen.getByText('Newsletter').closest('button')?.textContent).toContain('Nothing missing'));
  });

  test('a request shows its clock, and a refusal without a reason stays open with the reason why', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('registers', 'person-requests');
    await find('request-state-overdue');
    await find('request-state-due-soon');
    await user.click(await screen.findByText(/Bestellung 2231/));
    await find('request-clock');
    await user.type(await find('request-answered'), '2026-01-01');
    await user.selectOptions(await find('request-outcome'), 'refused');
    await user.click(await find('request-save'));
    expect((await find('error')).textContent).toContain('Art. 12(4)');
    expect(has('request-dialog'), 'nothing that was typed is lost').toBe(true);
    await user.type(await find('request-reason'), 'Invoices must be kept');
    await user.click(await find('request-save'));
    await soon(() => expect(has('request-dialog')).toBe(false));
    await user.click(await find('requests-answered'));
    expect(screen.queryByText(/Bestellung 2231/), 'answered ones can be hidden').toBeNull();
  });

  test('a breach is recorded in a minute and its 72 hours run', async () => {
    const { user, visit, find, asked } = await open({ open: 'new' });
    await visit('registers', 'breaches');
    await user.click(await find('breach-add'));
    await user.type(await find('breach-title'), 'Lost laptop');
    await user.click(await find('breach-save'));
    await find('breach-state-clock-running');
    expect(Date.parse(String(asked('add_breach')[0]?.['aware_at'])), 'known since now').toBeGreaterThan(Date.now() - 120_000);
    expect(document.body.textContent).toContain('71 hours left');
    language.set('de');
    await soon(() => expect(screen.getByTestId('breach-state-clock-running').textContent).toContain('72 Stunden laufen'));
  });

  test('half a moment is not guessed at: the backend says what is wrong', async () => {
    const { user, visit, find } = await open({ open: 'example' });
    await visit('registers', 'breaches');
    await user.click(await screen.findByText('Laptop aus dem Auto gestohlen'));
    await user.type(await find('breach-notified-day'), '2026-11-20');
    await user.click(await find('breach-save'));
    expect((await find('error')).textContent).toContain('time zone');
  });

  test('each register is written as a list', async () => {
    const { user, visit, find, asked } = await open({ open: 'example' });
    for (const [register, command] of [['processing', 'export_processing'], ['person-requests', 'export_person_requests'], ['breaches', 'export_breaches']] as const) {
      await visit('registers', register);
      await find(`register-${register}`);
      await user.click(await find('register-export'));
      await find('register-exported');
      expect(asked(command)[0]).toMatchObject({ overwrite: true });
    }
  });

  test('a requirement leads to the register that proves it', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('checklist', 'gdpr:33.1');
    await user.click(await find('register-link'));
    await soon(() => expect(has('breach-add')).toBe(true));
    await visit('checklist', 'gdpr:5.2');
    await find('requirement');
    expect(has('register-link')).toBe(false);
  });
});
