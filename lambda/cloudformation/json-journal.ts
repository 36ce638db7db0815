import type { Journal } from '../domain/journal';

/** One JSON object per line, which CloudWatch Logs can search by field. */
export function jsonJournal(about: Readonly<Record<string, unknown>>): Journal {
  return {
    note: (notice, details) => console.log(JSON.stringify({ notice, ...about, ...details })),
  };
}
