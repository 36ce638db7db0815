import { WireAnswer, WireRequest } from './message';
import { Protocol } from './protocol';
import { ServiceError } from './service-error';
import { knownMembers } from '../model/known-members';
import { ServiceModel } from '../model/service-model';

/** AWS JSON 1.0 and 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const jsonProtocol: Protocol = {
  operationName(model, request) {
    const [prefix, operation] = (request.headers['x-amz-target'] ?? '').split('.');
    return prefix === model.metadata.targetPrefix ? operation : undefined;
  },

  readInput(model, operation, request) {
    return operation.input ? knownMembers(model, operation.input.shape, parse(request)) : {};
  },

  writeOutput(model, operation, output, requestId) {
    const body = operation.output ? JSON.stringify(serialize(model, operation.output.shape, output)) : '{}';
    return answer(model, 200, body, requestId);
  },

  writeError(model, error, requestId) {
    const body = JSON.stringify({ __type: error.code, [messageMember(model, error)]: error.message, ...error.members });
    const { httpStatus, headers } = answer(model, error.httpStatus, body, requestId);
    return { httpStatus, headers: { ...headers, 'x-amzn-errortype': error.code }, body };
  },

  frontDoor: {
    missingSignature: () => new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token'),
    unknownCaller: () => new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.'),
    expiredCredentials: () => new ServiceError('ExpiredTokenException', 'The security token included in the request is expired'),
    unknownOperation: (operation, model) => new ServiceError(
      'UnknownOperationException', `The simulator does not know the operation ${operation ?? '(none)'} of ${model.signingName}`),
    accessDenied: (message) => new ServiceError('AccessDeniedException', message),
    internalFailure: (message) => new ServiceError('InternalFailure', message, 500),
  },
};

function parse(request: WireRequest): unknown {
  if (request.body.trim() === '') return {};
  try {
    return JSON.parse(request.body);
  } catch (error) {
    throw new ServiceError('SerializationException', `The request is not JSON: ${(error as Error).message}`);
  }
}

function answer(model: ServiceModel | undefined, httpStatus: number, body: string, requestId: string): WireAnswer {
  return {
    httpStatus,
    headers: { 'content-type': `application/x-amz-json-${model?.metadata.jsonVersion ?? '1.1'}`, 'x-amzn-requestid': requestId },
    body,
  };
}

/** Shapes of the service say `Message` or `message`; the front door, which no model describes, says `message`. */
function messageMember(model: ServiceModel | undefined, error: ServiceError): string {
  const members = model?.findShape(error.code)?.members ?? {};
  return Object.keys(members).find((name) => name.toLowerCase() === 'message') ?? 'message';
}

/** Timestamps are epoch seconds in JSON. */
function serialize(model: ServiceModel, shapeName: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  const shape = model.shape(shapeName);
  switch (shape.type) {
    case 'structure': {
      const record = value as Record<string, unknown>;
      return Object.fromEntries(Object.entries(shape.members ?? {}).map(([name, member]) => [name, serialize(model, member.shape, record[name])]));
    }
    case 'list': return (value as unknown[]).map((item) => serialize(model, shape.member!.shape, item));
    case 'timestamp': return (value as Date).getTime() / 1000;
    default: return value;
  }
}

