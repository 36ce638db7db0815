import { withoutPolicies } from '../../../simulator/authorization/without-policies';
import { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import { ServiceModel } from '../../../simulator/model/service-model';
import document from '../../../simulator/models/iam.json';
import { FrontDoor } from '../../../simulator/wire/front-door';
import { Identities } from '../../../simulator/wire/identities';
import { Operation } from '../../../simulator/wire/service';
import { ServiceError } from '../../../simulator/wire/service-error';

const GET_ROLE = {
  method: 'POST',
  path: '/',
  headers: { authorization: 'AWS4-HMAC-SHA256 Credential=111111111111/20260701/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=00' },
  body: 'Action=GetRole&Version=2010-05-08&RoleName=x',
  clientPort: 40000,
};

let complaints: jest.SpyInstance;

beforeEach(() => {
  complaints = jest.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => complaints.mockRestore());

function answerOf(perform: Operation['perform']): Promise<{ httpStatus: number; body: string }> {
  const clock = new SimulatedClock();
  return new FrontDoor({
    services: [{
      model: new ServiceModel(document),
      operations: { GetRole: { perform } },
      invalidRequest: () => new ServiceError('ValidationError', 'not expected'),
    }],
    clock,
    identities: new Identities(clock),
    authorizer: withoutPolicies,
    disturbances: { before: () => {}, after: () => {}, answerDelay: () => 0 },
    onCall: () => {},
  }).answer(GET_ROLE);
}

test('an answer that the model does not know is a bug: 500 for the client, loud for whoever runs the simulator', async () => {
  const { httpStatus, body } = await answerOf(() => ({ Role: { RoleName: 'x' } }));
  expect(httpStatus).toBe(500);
  expect(body).toContain('A bug in the simulator');
  expect(body).toContain('role.path');
  expect(complaints).toHaveBeenCalledTimes(1);
});

test('an unexpected error is a bug as well', async () => {
  const { httpStatus, body } = await answerOf(() => { throw new TypeError('x is not a function'); });
  expect(httpStatus).toBe(500);
  expect(body).toContain('x is not a function');
  expect(complaints).toHaveBeenCalledTimes(1);
});

test('an error of the service is none', async () => {
  const { httpStatus, body } = await answerOf(() => { throw new ServiceError('NoSuchEntity', 'not <here>', 404); });
  expect(httpStatus).toBe(404);
  expect(body).toContain('<Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>not &lt;here&gt;</Message></Error>');
  expect(complaints).not.toHaveBeenCalled();
});
