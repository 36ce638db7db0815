/** What the user asked for cannot be done as asked: told in one line, without a stack trace. */
export class UsageError extends Error {
  public static readonly EXIT_CODE = 2;
}
