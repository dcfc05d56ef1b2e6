/** What every step of a study after its draft is given. */
import type { DataSetView } from "../../../../server/domain/lab/data-sets";
import type { StudyView } from "../../../../server/domain/lab/studies";

export interface StepOfStudy {
  study: StudyView;
  /** The data set of its plan; null until one is chosen. */
  dataSet: DataSetView | null;
  /** Reads the study again after something moved it. */
  onMoved(): Promise<void>;
}
