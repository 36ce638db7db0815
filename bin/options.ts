import { parseArgs, ParseArgsConfig } from 'node:util';
import { UsageError } from './usage-error';

/** The options and arguments of a command; one that it does not have is a usage error. */
export function readArguments<T extends ParseArgsConfig>(command: string, config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs({ ...config, args: withNegativeNumbers(config.args ?? []) } as T);
  } catch (error) {
    const [problem] = (error as Error).message.split(/\.\s/);
    throw new UsageError(`${problem}; cdk-managed-entitlements ${command} --help lists the options`);
  }
}

/** Node takes a value such as -1 for an option; as part of its option it is a value, and the option's own rule says what it takes. */
function withNegativeNumbers(args: readonly string[]): string[] {
  return args.reduce<string[]>((joined, arg) => {
    const previous = joined.at(-1) ?? '';
    return /^-\d/.test(arg) && /^--[^=]+$/.test(previous) ? [...joined.slice(0, -1), `${previous}=${arg}`] : [...joined, arg];
  }, []);
}

export interface NumberRule {
  readonly atMost: number;
  readonly whole: boolean;
}

/** A number from 0 on. */
export function readNumber(name: string, text: string | undefined, { atMost, whole }: NumberRule): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0 && number <= atMost) || (whole && !Number.isInteger(number))) {
    throw new UsageError(`--${name} takes a ${whole ? 'whole ' : ''}number from 0 to ${atMost}, got '${text}'`);
  }
  return number;
}

const MILLISECONDS_PER_UNIT: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `90s`, `15m`, `1h30m` or `2d`, in milliseconds. */
export function readDuration(name: string, text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (!/^(\d+[smhd])+$/.test(text)) {
    throw new UsageError(`--${name} takes a duration such as 90s, 15m, 1h30m or 2d, got '${text}'`);
  }
  return [...text.matchAll(/(\d+)([smhd])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * MILLISECONDS_PER_UNIT[unit], 0);
}
