// How a requirement is named where something else points at it.

import type { Locale } from '../bindings/api';
import * as catalogue from './mock-catalogue';

export function reference(id: string, locale: Locale) {
  const requirement = catalogue.requirements.get(id);
  const framework = catalogue.frameworks.find((known) => known.id === requirement?.framework);
  const texts = requirement?.texts[locale];
  return {
    id,
    label: texts?.label ?? requirement?.number ?? id,
    framework_name: framework?.texts[locale].name ?? '',
    title: texts?.title ?? '',
  };
}
