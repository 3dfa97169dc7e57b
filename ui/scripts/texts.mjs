// The words of the window, served as data: one file a language with its messages, its glossary and its help, beside the
// script instead of in it. Paraglide still gives the types of the messages (`npm run messages`); this keeps what they
// promise with one short line each. It knows texts, `{values}` and the plural of `count`, which is all that is used here.
// Tests and the development server have the words at once, the build loads them before the first screen.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const LOCALES = ['en', 'de'];
const SPOKEN = '\0spoken';
const MESSAGES = '\0messages';
const TEXTS = '\0texts';

/**
 * Everything a language says.
 * @param {string} root the folder of package.json
 * @param {string} locale
 * @returns {{ messages: Record<string, string | string[]>, glossary: Record<string, import('virtual:texts').Explanation>, help: Record<string, import('virtual:texts').HelpText> }}
 */
export function textsOf(root, locale) {
  const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const messages = Object.entries(read(`messages/${locale}.json`)).filter(([key]) => key !== '$schema');
  return {
    messages: Object.fromEntries(messages.map(([key, message]) => [key, typeof message === 'string' ? message : forms(key, message)])),
    glossary: read(`content/glossary.${locale}.json`),
    help: read(`content/help.${locale}.json`),
  };
}

function forms(key, message) {
  const { match } = message[0];
  if (message.length !== 1 || Object.keys(match).join() !== 'amount=one,amount=other') throw new Error(`${key}: only the plural of count is known here`);
  return Object.values(match);
}

/** @param {string} root the folder of package.json */
export function texts(root) {
  let build = false;
  /** @type {Map<string, number>} */
  let numbers = new Map();
  const all = () => LOCALES.map((locale) => textsOf(root, locale));
  const keys = () => Object.keys(textsOf(root, 'en').messages);
  const inOrder = ({ messages, ...rest }) => ({ messages: keys().map((key) => messages[key]), ...rest });

  return {
    name: 'texts',
    enforce: /** @type {const} */ ('pre'),
    configResolved(config) {
      build = config.command === 'build';
    },
    buildStart() {
      numbers = new Map(keys().map((key, index) => [key, index]));
    },
    resolveId(source) {
      if (/paraglide\/messages\.js$/.test(source)) return '\0messages-door';
      if (/paraglide\/runtime\.js$/.test(source)) return SPOKEN;
      if (source === 'virtual:texts') return TEXTS;
      return [SPOKEN, MESSAGES, TEXTS].find((own) => own === source);
    },
    load(id) {
      if (id === SPOKEN) return "let get = () => 'en';\nexport const getLocale = () => get();\nexport const overwriteGetLocale = (newer) => void (get = newer);";
      if (id === '\0messages-door') return `export * as m from '${MESSAGES}';`;
      if (id === MESSAGES) return [`import { sayer } from '${TEXTS}';`, ...keys().map((key, index) => `export const ${key} = sayer(${index});`)].join('\n');
      if (id !== TEXTS) return undefined;
      for (const locale of LOCALES) {
        for (const file of [`messages/${locale}`, `content/glossary.${locale}`, `content/help.${locale}`]) this.addWatchFile(join(root, `${file}.json`));
      }
      return `import { getLocale } from '${SPOKEN}';
const LOCALES = ${JSON.stringify(LOCALES)};
let all = ${build ? '{}' : JSON.stringify(Object.fromEntries(all().map((one, index) => [LOCALES[index], inOrder(one)])))};
export const load = async () => {
  ${build ? 'for (const [index, texts] of (await Promise.all(LOCALES.map(async (locale) => (await fetch(`texts/${locale}.json`)).json()))).entries()) all[LOCALES[index]] = texts;' : ''}
};
export const glossary = () => all[getLocale()].glossary;
export const help = () => all[getLocale()].help;
const rules = {};
const plural = (locale, count) => ((rules[locale] ??= new Intl.PluralRules(locale)).select(Number(count)) === 'one' ? 0 : 1);
export const sayer = (index) => (values) => say(index, values);
export const said = new Proxy([], { get: (_, index) => say(index) });
export const say = (index, values) => {
  const locale = getLocale();
  const found = all[locale].messages[index];
  const text = typeof found === 'string' ? found : found[plural(locale, values.count)];
  return values ? text.replace(/\\{(\\w+)\\}/g, (_, name) => values[name]) : text;
};`;
    },
    // In the build a message is named by its number where it is used. Without values it is read from a list, not called:
    // Svelte then needs no derived value for it. That is a fifth of the script less.
    transform(code, id) {
      const imported = /import \{ m \} from ["'][^"']*paraglide\/messages\.js["'];/;
      if (!build || !/\/src\/.*\.(svelte|ts)$/.test(id) || !imported.test(code)) return undefined;
      const numbered = code.replace(/\bm\.([a-z_]+)\b(\(\)|\()?/g, (whole, key, call) => {
        const at = numbers.get(key);
        if (at === undefined) return whole;
        return call === '()' ? `texts_[${at}]` : call ? `texted_(${at}, ` : `texter_(${at})`;
      });
      return { code: numbered.replace(imported, `import { said as texts_, say as texted_, sayer as texter_ } from '${TEXTS}';`), map: null };
    },
    generateBundle() {
      if (!build) return;
      for (const [index, one] of all().entries()) {
        this.emitFile({ type: 'asset', fileName: `texts/${LOCALES[index]}.json`, source: JSON.stringify(inOrder(one)) });
      }
    },
  };
}
