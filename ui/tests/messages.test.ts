import { describe, expect, test } from 'vitest';
import de from '../messages/de.json';
import en from '../messages/en.json';

type Message = string | { match: Record<string, string> }[];

const sentences = (message: Message): string[] => (typeof message === 'string' ? [message] : message.flatMap((one) => Object.values(one.match)));
const entries = (messages: object) => (Object.entries(messages) as [string, Message][]).filter(([key]) => key !== '$schema');
const german = new Map(entries(de));

describe('messages', () => {
  test('both languages have the same keys', () => {
    expect(entries(de).map(([key]) => key).sort()).toEqual(entries(en).map(([key]) => key).sort());
  });

  test('no English is left in German', () => {
    // Words that are the same in both languages.
    const same = /^(Links?|Passphrase|Person|Normal|Status|System|Start|\{\w+\}(, \{\w+\})?|\S*\{\w+\}\S*)$/;
    const english = /\b(the|and|of|with|your|you|is|are|not|please|file|save)\b/i;
    for (const [key, message] of entries(en)) {
      const translated = german.get(key) ?? '';
      for (const sentence of sentences(translated)) expect(sentence, key).not.toMatch(english);
      if (typeof message === 'string' && !same.test(message)) expect(translated, key).not.toBe(message);
    }
  });

  test('nobody is told to be compliant', () => {
    for (const [key, message] of [...entries(en), ...entries(de)]) expect(sentences(message).join(' '), key).not.toMatch(/complian|konform/i);
  });
});
