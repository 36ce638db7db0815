import { validation } from './errors';
import { DeleteParameter, DeleteParameters } from './operations/delete-parameters';
import { GetParameter, GetParameters } from './operations/get-parameters';
import { GetParametersByPath } from './operations/get-parameters-by-path';
import { PutParameter } from './operations/put-parameter';
import { AddTagsToResource, ListTagsForResource, RemoveTagsFromResource } from './operations/resource-tags';
import { ParameterStore } from './parameter-store';
import { ShownParameters } from './shown-parameters';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/ssm.json';
import { Service } from '../../wire/service';
import { coralMessage } from '../coral-violations';
import { Reads } from '../reads';

/** The model says that they hold a name at least; AWS answers them empty: https://docs.aws.amazon.com/cli/latest/reference/ssm/get-parameters.html */
const LISTS_THAT_MAY_BE_EMPTY: ReadonlySet<string> = new Set([
  'DeleteParametersResult.DeletedParameters', 'DeleteParametersResult.InvalidParameters', 'GetParametersResult.InvalidParameters',
]);

/** AWS Systems Manager, as far as Parameter Store goes. */
export function ssm(store: ParameterStore, reads: Reads): Service {
  const shown: ShownParameters = { get store() { return reads.shown(store); } };
  return {
    model: new ServiceModel(document),
    exemptAnswerMembers: LISTS_THAT_MAY_BE_EMPTY,
    operations: {
      PutParameter: new PutParameter(store),
      GetParameter: new GetParameter(shown),
      GetParameters: new GetParameters(shown),
      GetParametersByPath: new GetParametersByPath(shown),
      DeleteParameter: new DeleteParameter(store),
      DeleteParameters: new DeleteParameters(store),
      AddTagsToResource: new AddTagsToResource(store),
      RemoveTagsFromResource: new RemoveTagsFromResource(store),
      ListTagsForResource: new ListTagsForResource(shown),
    },
    invalidRequest: (violations) => validation(coralMessage(violations)),
  };
}
