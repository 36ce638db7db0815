import { jsonProtocol } from './json-protocol';
import { WireRequest } from './message';
import { Protocol } from './protocol';
import { ServiceError } from './service-error';
import { MemberReference, OperationModel, ServiceModel, Shape } from '../model/service-model';

/** AWS REST JSON: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const restJsonProtocol: Protocol = {
  operationName(model, request) {
    return model.operationNames.find((name) => pathParameters(model.operation(name)!, request) !== undefined);
  },

  readInput(model, operation, request) {
    const shape = model.shape(operation.input!.shape);
    const parameters = pathParameters(operation, request)!;
    const query = new URLSearchParams(request.path.split('?')[1]);
    const located = Object.entries(shape.members ?? {}).map(([name, { location, locationName }]) => {
      switch (location) {
        case 'uri': return [name, parameters[locationName!]];
        case 'querystring': return [name, query.get(locationName!) ?? undefined];
        case 'header': return [name, request.headers[locationName!.toLowerCase()]];
        default: return [name, undefined];
      }
    });
    const body = bodyOf(model, operation, shape, request);
    return { ...body, ...Object.fromEntries(located.filter(([, value]) => value !== undefined)) };
  },

  writeOutput(model, operation, output, requestId) {
    const shape = model.shape(operation.output!.shape);
    const values = output as Record<string, unknown>;
    const located = (location: MemberReference['location']) => Object.entries(shape.members ?? {})
      .filter(([name, member]) => member.location === location && values[name] !== undefined);
    const [status] = located('statusCode').map(([name]) => Number(values[name]));
    const body = shape.payload === undefined
      ? JSON.stringify(Object.fromEntries(located(undefined).map(([name]) => [name, values[name]])))
      : Buffer.from((values[shape.payload] ?? '') as Uint8Array).toString('utf8');
    return {
      httpStatus: status ?? 200,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
        ...Object.fromEntries(located('header').map(([name, member]) => [member.locationName!.toLowerCase(), String(values[name])])),
      },
      body,
    };
  },

  writeError(model, error, requestId) {
    const answer = jsonProtocol.writeError(model, error, requestId);
    return { ...answer, headers: { ...answer.headers, 'content-type': 'application/json' } };
  },

  frontDoor: {
    ...jsonProtocol.frontDoor,
    unknownCaller: () => new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403),
    expiredCredentials: () => new ServiceError('ExpiredTokenException', 'The security token included in the request is expired', 403),
    accessDenied: (message) => new ServiceError('AccessDeniedException', message, 403),
  },
};

/** The values between slashes that the operation's address names; undefined if the request goes elsewhere. */
function pathParameters({ http }: OperationModel, { method, path }: WireRequest): Record<string, string> | undefined {
  if (http?.method !== method) return undefined;
  const template = http.requestUri.split('/');
  const parts = path.split('?')[0].split('/');
  if (template.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const [, name] = /^\{(.*)\}$/.exec(expected) ?? [];
    if (name !== undefined) {
      parameters[name] = decodeURIComponent(parts[index]);
    } else if (expected !== parts[index]) {
      return undefined;
    }
  }
  return parameters;
}

/** A body that is one member is text of any kind; another one is a JSON document. */
function bodyOf(model: ServiceModel, operation: OperationModel, { payload }: Shape, request: WireRequest): object {
  if (payload === undefined) return jsonProtocol.readInput(model, operation, request) as object;
  return request.body === '' ? {} : { [payload]: Buffer.from(request.body, 'utf8') };
}
