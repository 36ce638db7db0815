import { WireAnswer } from './message';
import { Protocol } from './protocol';
import { ServiceError } from './service-error';
import { ServiceModel, Shape } from '../model/service-model';

/** AWS Query, with answers in XML: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const queryProtocol: Protocol = {
  operationName(model, request) {
    const parameters = new URLSearchParams(request.body);
    return parameters.get('Version') === model.metadata.apiVersion ? parameters.get('Action') ?? undefined : undefined;
  },

  readInput(model, operation, request) {
    return operation.input ? readShape(model, operation.input.shape, new URLSearchParams(request.body), '') ?? {} : {};
  },

  writeOutput(model, operation, output, requestId) {
    const wrapper = operation.output?.resultWrapper;
    const result = operation.output && wrapper ? element(wrapper, writeShape(model, operation.output.shape, output)) : '';
    return answer(model, 200, `${operation.name}Response`, `${result}${element('ResponseMetadata', element('RequestId', requestId))}`, requestId);
  },

  writeError(model, error, requestId) {
    const content = [
      element('Type', error.httpStatus < 500 ? 'Sender' : 'Receiver'),
      element('Code', escape(error.code)),
      element('Message', escape(error.message)),
    ].join('');
    return answer(model, error.httpStatus, 'ErrorResponse', `${element('Error', content)}${element('RequestId', requestId)}`, requestId);
  },

  frontDoor: {
    missingSignature: () => new ServiceError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403),
    unknownCaller: () => new ServiceError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403),
    expiredCredentials: () => new ServiceError('ExpiredToken', 'The security token included in the request is expired', 403),
    unknownOperation: (operation, model) => new ServiceError(
      'InvalidAction', `Could not find operation ${operation ?? '(none)'} for version ${model.metadata.apiVersion}`),
    accessDenied: (message) => new ServiceError('AccessDenied', message, 403),
    internalFailure: (message) => new ServiceError('InternalFailure', message, 500),
  },
};

function readShape(model: ServiceModel, shapeName: string, parameters: URLSearchParams, path: string): unknown {
  const shape = model.shape(shapeName);
  switch (shape.type) {
    case 'structure': return readStructure(model, shape, parameters, path);
    case 'list': return readList(model, shape, parameters, path);
    default: return readScalar(shape, parameters.get(path) ?? undefined);
  }
}

function readStructure(model: ServiceModel, shape: Shape, parameters: URLSearchParams, path: string): unknown {
  const members = Object.entries(shape.members ?? {})
    .map(([name, member]) => [name, readShape(model, member.shape, parameters, path === '' ? name : `${path}.${name}`)] as const)
    .filter(([, value]) => value !== undefined);
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

function readList(model: ServiceModel, shape: Shape, parameters: URLSearchParams, path: string): unknown {
  const items: unknown[] = [];
  for (let index = 1; ; index += 1) {
    const item = readShape(model, shape.member!.shape, parameters, `${path}.member.${index}`);
    if (item === undefined) break;
    items.push(item);
  }
  return items.length > 0 ? items : undefined;
}

/** What is not of the model's type stays text, and the validation says so. */
function readScalar(shape: Shape, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (shape.type === 'integer' || shape.type === 'long') return /^-?\d+$/.test(text) ? Number(text) : text;
  if (shape.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

function writeShape(model: ServiceModel, shapeName: string, value: unknown): string {
  const shape = model.shape(shapeName);
  switch (shape.type) {
    case 'structure': {
      const record = value as Record<string, unknown>;
      return Object.entries(shape.members ?? {})
        .filter(([name]) => record[name] !== undefined)
        .map(([name, member]) => element(name, writeShape(model, member.shape, record[name])))
        .join('');
    }
    case 'list': return (value as unknown[]).map((item) => element('member', writeShape(model, shape.member!.shape, item))).join('');
    case 'timestamp': return (value as Date).toISOString().replace(/\.\d{3}Z$/, 'Z');
    default: return escape(String(value));
  }
}

function answer(model: ServiceModel | undefined, httpStatus: number, root: string, content: string, requestId: string): WireAnswer {
  return {
    httpStatus,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<${root} xmlns="${model?.metadata.xmlNamespace ?? ''}">${content}</${root}>`,
  };
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
