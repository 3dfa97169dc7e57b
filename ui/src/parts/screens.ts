// What each screen is called.

import { m } from '../paraglide/messages.js';
import type { Screen } from '../state/route.svelte';

const titles: Record<Screen, () => string> = {
  start: m.nav_start,
  setup: m.nav_setup,
  overview: m.nav_overview,
  checklist: m.nav_checklist,
  worksheets: m.nav_worksheets,
  evidence: m.nav_evidence,
  tasks: m.nav_tasks,
  assessments: m.nav_assessments,
  quality: m.quality_title,
  providers: m.nav_providers,
  registers: m.nav_registers,
  report: m.nav_report,
  history: m.nav_history,
  settings: m.nav_settings,
  glossary: m.glossary_title,
  help: m.help,
  gallery: () => 'Kit',
};

export function screenWord(screen: Screen): string {
  return titles[screen]();
}
