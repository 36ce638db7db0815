/** Where decisions are written down for the person who reads the log later. */
export interface Journal {
  note(notice: string, details?: Readonly<Record<string, unknown>>): void;
}
