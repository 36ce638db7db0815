import { WireAnswer, WireRequest } from './message';
import { ServiceError } from './service-error';
import { OperationModel, ServiceModel } from '../model/service-model';

/** How a service's requests, answers and errors look on the wire, and the names of the errors that the protocol's own front door gives. */
export interface Protocol {
  readonly frontDoor: FrontDoorErrors;
  /** Which operation is asked for; undefined if the request does not say. */
  operationName(model: ServiceModel, request: WireRequest): string | undefined;
  /** The request's members by the model, not yet validated. */
  readInput(model: ServiceModel, operation: OperationModel, request: WireRequest): unknown;
  writeOutput(model: ServiceModel, operation: OperationModel, output: unknown, requestId: string): WireAnswer;
  writeError(model: ServiceModel | undefined, error: ServiceError, requestId: string): WireAnswer;
}

export interface FrontDoorErrors {
  missingSignature(): ServiceError;
  unknownCaller(): ServiceError;
  expiredCredentials(): ServiceError;
  unknownOperation(operation: string | undefined, model: ServiceModel): ServiceError;
  accessDenied(message: string): ServiceError;
  internalFailure(message: string): ServiceError;
}
