import { Event } from './event';

/** What a rule says of what its target gets. */
export interface InputDefinition {
  /** A JSON text. */
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: { readonly InputPathsMap?: Readonly<Record<string, string>>; readonly InputTemplate: string };
}

/** What the target gets of the event: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
export function targetInput({ Input, InputPath, InputTransformer }: InputDefinition, event: Event): unknown {
  if (Input !== undefined) return JSON.parse(Input);
  if (InputPath !== undefined) return valueAt(InputPath, event);
  if (InputTransformer === undefined) return event;
  const paths = Object.entries(InputTransformer.InputPathsMap ?? {});
  const values = Object.fromEntries(paths.map(([name, path]) => [name, valueAt(path, event)]));
  return parseOrText(fillIn(InputTransformer.InputTemplate, { ...values, 'aws.events.event': event, 'aws.events.event.json': event }));
}

/** `$.detail.name`: the members on the way, and no other notation. */
function valueAt(path: string, event: Event): unknown {
  if (!/^\$(\.[\w-]+)*$/.test(path)) throw new Error(`The simulator knows paths like $.detail.name only; got ${path}.`);
  return path.split('.').slice(1).reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], event);
}

/** Within a text a value becomes part of the text; elsewhere it stays JSON. */
function fillIn(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(/"(?:[^"\\]|\\.)*"|<[^<>"]+>/g, (part) => part.startsWith('"')
    ? part.replace(/<([^<>]+)>/g, (placeholder, name: string) => name in values ? textWithin(values[name]) : placeholder)
    : jsonOf(part.slice(1, -1), values) ?? part);
}

function jsonOf(name: string, values: Readonly<Record<string, unknown>>): string | undefined {
  // What the event does not have is an empty text.
  return name in values ? JSON.stringify(values[name] ?? '') : undefined;
}

function textWithin(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return JSON.stringify(text).slice(1, -1);
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
