import { Authorizer } from './authorizer';
import { CallDisturbances, ConnectionLost, DisturbedCall } from './call-disturbances';
import { ApiCall } from './call-log';
import { Caller, FunctionExecution } from './caller';
import { Identities } from './identities';
import { WireAnswer, WireRequest } from './message';
import { Protocol } from './protocol';
import { guessProtocol, protocolOf } from './protocols';
import { CallContext, Operation, Service } from './service';
import { ServiceError } from './service-error';
import { readSignature, Signature } from './signature';
import { Clock } from '../clock/clock';
import { PausableHold } from '../clock/pausable-hold';
import { OperationModel } from '../model/service-model';
import { validate } from '../model/validation';

export interface FrontDoorOptions {
  readonly services: readonly Service[];
  readonly clock: Clock;
  readonly identities: Identities;
  readonly authorizer: Authorizer;
  readonly disturbances: CallDisturbances;
  /** Hears of every call of a known caller. */
  readonly onCall: (call: ApiCall) => void;
}

/** An answer, and how it gets to the caller. */
interface Dispatch {
  readonly answer: WireAnswer;
  readonly delayMilliseconds: number;
  /** Absent for callers that are no functions. */
  readonly execution?: FunctionExecution;
}

/**
 * Where every request comes in, in the order in which AWS looks at it: the signature chooses service, caller and
 * Region; then the model's validation, the authorization, the operation, and the validation of our own answer.
 */
export class FrontDoor {
  private requestCount = 0;

  constructor(private readonly options: FrontDoorOptions) {}

  async answer(request: WireRequest): Promise<WireAnswer> {
    // While policies are evaluated nothing else happens: time stands still where it is simulated.
    const hold = new PausableHold(this.options.clock);
    try {
      const dispatch = await this.answerOrRefuse(request, hold);
      const answer = dispatch.delayMilliseconds > 0 ? await hold.pauseWhile(this.arrival(dispatch, request)) : dispatch.answer;
      // Clients compare their clock with the service's, and repeat what failed if the two differ.
      return { ...answer, headers: { ...answer.headers, date: this.options.clock.now().toUTCString() } };
    } finally {
      hold.release();
    }
  }

  private async answerOrRefuse(request: WireRequest, hold: PausableHold): Promise<Dispatch> {
    this.requestCount += 1;
    // Request ids look like those of AWS; they count requests, so that two runs can be compared.
    const requestId = `00000000-0000-4000-8000-${this.requestCount.toString(16).padStart(12, '0')}`;
    const signature = readSignature(request.headers.authorization);
    const service = this.options.services.find(({ model }) => model.signingName === signature?.signingName);
    const protocol = service ? protocolOf(service) : guessProtocol(request);
    try {
      if (!signature) throw protocol.frontDoor.missingSignature();
      if (!service) {
        throw new ServiceError('UnknownService', `The simulator does not play the service ${signature.signingName}`);
      }
      return await this.call(request, requestId, signature, service, protocol, hold);
    } catch (error) {
      return { answer: refuse(error, service, protocol, requestId), delayMilliseconds: 0 };
    }
  }

  /** A function that asks works no more while its answer is under way, and whatever else is due happens meanwhile. */
  private arrival({ answer, delayMilliseconds, execution }: Dispatch, { clientPort }: WireRequest): Promise<WireAnswer> {
    const arrived = new Promise<WireAnswer>((resolve) => this.options.clock.schedule(delayMilliseconds, () => resolve(answer)));
    return execution ? execution.whileRequestIsHeld(clientPort, arrived) : arrived;
  }

  private async call(
    request: WireRequest, requestId: string, signature: Signature, service: Service, protocol: Protocol, hold: PausableHold,
  ): Promise<Dispatch> {
    const caller = this.identify(signature, request, protocol);
    const name = protocol.operationName(service.model, request);
    const operationModel = name === undefined ? undefined : service.model.operation(name);
    const operation = operationModel && service.operations[operationModel.name];
    if (!operationModel || !operation) throw protocol.frontDoor.unknownOperation(name, service.model);

    const { disturbances } = this.options;
    const context: CallContext = {
      caller,
      region: signature.region,
      now: this.options.clock.now(),
      whileWaiting: (result) => hold.pauseWhile(caller.role?.execution?.whileRequestIsHeld(request.clientPort, result) ?? result),
    };
    const call: DisturbedCall = {
      caller, service: service.model.signingName, operation: operationModel.name, now: context.now, accessDenied: protocol.frontDoor.accessDenied,
    };
    let input: unknown;
    let failure: unknown;
    let answer: WireAnswer;
    try {
      input = protocol.readInput(service.model, operationModel, request);
      disturbances.before(call);
      const output = await this.perform(service, protocol, operationModel, operation, input, context);
      disturbances.after(call);
      answer = protocol.writeOutput(service.model, operationModel, output, requestId);
    } catch (error) {
      failure = error;
      answer = refuse(error, service, protocol, requestId);
    } finally {
      this.options.onCall({
        time: context.now,
        accountId: caller.accountId,
        region: context.region,
        principalArn: caller.arn,
        service: service.model.signingName,
        operation: operationModel.name,
        request: input,
        error: failure instanceof Error ? `${failure.name}: ${failure.message}` : undefined,
      });
    }
    return { answer, delayMilliseconds: disturbances.answerDelay(call), execution: caller.role?.execution };
  }

  private identify(signature: Signature, request: WireRequest, protocol: Protocol): Caller {
    const identification = this.options.identities.identify(signature.accessKeyId, request.headers['x-amz-security-token']);
    if ('caller' in identification) return identification.caller;
    throw identification.failure === 'expired' ? protocol.frontDoor.expiredCredentials() : protocol.frontDoor.unknownCaller();
  }

  private async perform(
    service: Service, protocol: Protocol, operationModel: OperationModel, operation: Operation, input: unknown, context: CallContext,
  ): Promise<unknown> {
    if (operationModel.input) {
      const violations = validate(service.model, operationModel.input.shape, input, { unknownMembers: 'ignored' });
      if (violations.length > 0) throw service.invalidRequest(violations);
    }
    await this.authorize(service, protocol, operationModel, operation, input, context);
    const output = await operation.perform(input, context) ?? {};
    if (operationModel.output) {
      const violations = validate(
        service.model, operationModel.output.shape, output, { unknownMembers: 'refused', exemptMembers: service.exemptAnswerMembers });
      if (violations.length > 0) {
        throw new Error(`The answer to ${operationModel.name} is not what the service's model says: ${JSON.stringify(violations)}`);
      }
    }
    return output;
  }

  private async authorize(
    service: Service, protocol: Protocol, operationModel: OperationModel, operation: Operation, input: unknown, context: CallContext,
  ): Promise<void> {
    const { caller, region } = context;
    const required = operation.requiredAccess?.(input, context) ?? { resourceArns: ['*'] };
    for (const access of [required].flat()) {
      const { action = `${service.model.signingName}:${operationModel.name}`, resourceArns, context: conditions = {}, resourcePolicy } = access;
      const decision = await this.options.authorizer.authorize(
        { principal: caller, action, resourceArns, region, context: conditions, resourcePolicy });
      if (!decision.allowed) {
        const refusal = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resourceArns.join(', ')}`;
        throw protocol.frontDoor.accessDenied(decision.reason === undefined ? refusal : `${refusal} ${decision.reason}`);
      }
    }
  }
}

/** Who lost the connection gets no answer at all. */
function refuse(error: unknown, service: Service | undefined, protocol: Protocol, requestId: string): WireAnswer {
  if (error instanceof ConnectionLost) throw error;
  const answered = error instanceof ServiceError ? error : protocol.frontDoor.internalFailure(bugReport(error));
  return protocol.writeError(service?.model, answered, requestId);
}

/** Loud on both sides: whoever runs the simulator sees the stack, whoever called it sees the message. */
function bugReport(error: unknown): string {
  console.error(error);
  return `A bug in the simulator, please report it: ${error instanceof Error ? error.message : String(error)}`;
}
