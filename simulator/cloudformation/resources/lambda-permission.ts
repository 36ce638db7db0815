import { inertResource, textProperty } from './inert-resource';
import { functionArnOf } from './lambda-qualifiers';
import { generatedName } from './physical-names';
import { ResourceType } from './resource-type';
import { FunctionPermissions } from '../../services/lambda/function-permissions';

/** Lambda's limit for a statement's id: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const LONGEST_STATEMENT_ID = 100;

/** AWS::Lambda::Permission: services that invoke functions ask for it. */
export function lambdaPermission(permissions: FunctionPermissions): ResourceType {
  return inertResource({
    physicalId: (request) => generatedName(request, LONGEST_STATEMENT_ID),
    attributeNames: ['Id'],
    requiredProperties: ['Action', 'FunctionName', 'Principal'],
    attributes: (id) => ({ Id: id }),
    replacedBy: ['Action', 'EventSourceToken', 'FunctionName', 'FunctionUrlAuthType', 'Principal', 'PrincipalOrgID', 'SourceAccount', 'SourceArn'],
    onPut: (id, request) => permissions.put(id, {
      functionArn: functionArnOf(request),
      principal: String(request.properties.Principal),
      sourceArn: textProperty(request.properties, 'SourceArn'),
    }),
    onDelete: (id) => permissions.remove(id),
  });
}
