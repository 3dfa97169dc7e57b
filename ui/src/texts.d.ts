// The words of the window, as `scripts/texts.mjs` serves them.

declare module 'virtual:texts' {
  export interface Explanation {
    term: string;
    long?: string;
    text: string;
    /** Other forms that stand for it in texts. */
    also?: string[];
    /** A word of every day: it stands in the glossary, but is not marked in texts. */
    quiet?: boolean;
  }

  export interface HelpText {
    lead: string;
    points: string[];
    /** Terms of the glossary that go with it. */
    terms: string[];
  }

  /** Has the words at hand. To be waited for before the first of them is asked for. */
  export function load(): Promise<void>;
  export function glossary(): Record<string, Explanation>;
  export function help(): Record<string, HelpText>;
}
