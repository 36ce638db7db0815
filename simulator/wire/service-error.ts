/** An error that the service answers with; everything else that is thrown is a bug of the simulator. */
export class ServiceError extends Error {
  /**
   * @param code the name of the error on the wire
   * @param message the text
   * @param httpStatus 400 unless the service's model or documentation says otherwise
   * @param members what else the error's shape holds
   */
  constructor(
    readonly code: string,
    message: string,
    readonly httpStatus: number = 400,
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = code;
  }
}
