"use client";
/** The register as a list, one line open at a time to be changed; what is out of use stands last and can come back. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type DataAsset, isReviewDue } from "../../../../server/domain/agreements/data-asset";
import { DETAIL_WORDS, listInWords, PLACE_WORDS } from "../../../../server/domain/agreements/in-words";
import { type Day, dayInWords, dayOf } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { Icon } from "../../../_ui/icon";
import { EmptyState, PageTitle } from "../../../_ui/page-title";
import { Tag } from "../../../_ui/tag";
import styles from "../agreements.module.css";
import { AssetForm } from "./asset-form";

interface AssetsProps {
  assets: readonly DataAsset[];
  agreements: readonly { id: string; title: string }[];
  today: Day;
  mayWrite: boolean;
}

export function Assets({ assets, agreements, today, mayWrite }: AssetsProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const retiring = useMutation(trpc.dataAssets.retire.mutationOptions());
  const [editing, setEditing] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const finish = (words: string | null) => {
    setEditing(null);
    setDone(words);
    if (words !== null) router.refresh();
  };
  const retire = async ({ id, name, retiredAt }: DataAsset) => {
    setErrors([]);
    try {
      await retiring.mutateAsync({ id, retired: retiredAt === null });
      finish(retiredAt === null ? `${name} is out of use.` : `${name} is in use again.`);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const start = (id: string) => {
    setDone(null);
    setEditing(id);
  };
  const shared = { agreements, today, onDone: finish };
  return (
    <>
      <PageTitle
        title="Data register"
        action={
          mayWrite &&
          editing === null && (
            <Button leftSection={<Icon name="add" size={18} />} onClick={() => start("new")}>
              Add data
            </Button>
          )
        }
      >
        What your organisation holds, who answers for it, what must not be done with it, and which agreements
        draw on it.
      </PageTitle>
      <ErrorSummary errors={errors} />
      <div role="status">{done && <p className={form["good"]}>{done}</p>}</div>
      {editing === "new" && <AssetForm asset={null} {...shared} />}
      {assets.length === 0 && editing === null && (
        <EmptyState>Nothing is in the register yet. Start with the records of your casework.</EmptyState>
      )}
      <ul className={styles["cards"]} style={{ marginTop: 14 }}>
        {assets.map((asset) => (
          <li key={asset.id} className={styles["panel"]}>
            {editing === asset.id ? (
              <AssetForm asset={asset} {...shared} />
            ) : (
              <AssetCard
                asset={asset}
                agreements={agreements}
                today={today}
                acts={
                  mayWrite &&
                  editing === null && (
                    <>
                      {asset.retiredAt === null && (
                        <Button
                          variant="default"
                          aria-label={`Change ${asset.name}`}
                          onClick={() => start(asset.id)}
                        >
                          Change
                        </Button>
                      )}
                      <Button
                        variant="subtle"
                        aria-label={`${asset.retiredAt === null ? "Take out of use" : "Use again"}: ${asset.name}`}
                        loading={retiring.isPending}
                        onClick={() => void retire(asset)}
                      >
                        {asset.retiredAt === null ? "Take out of use" : "Use again"}
                      </Button>
                    </>
                  )
                }
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

interface AssetCardProps extends Pick<AssetsProps, "agreements" | "today"> {
  asset: DataAsset;
  acts: React.ReactNode;
}

function AssetCard({ asset, agreements, today, acts }: AssetCardProps) {
  const { name, owner, place, detail, restrictions, usedFor, reviewedOn, agreementIds, retiredAt } = asset;
  const drawing = agreements.filter(({ id }) => agreementIds.includes(id)).map(({ title }) => title);
  return (
    <>
      <div className={styles["cardHead"]}>
        <strong>{name}</strong>
        {retiredAt ? (
          <Tag>Out of use since {dayInWords(dayOf(retiredAt))}</Tag>
        ) : (
          isReviewDue(asset, today) && <Tag tone="wait">Review is due</Tag>
        )}
      </div>
      <dl className={styles["facts2"]} style={{ margin: "8px 0 12px" }}>
        <dt>Owner</dt>
        <dd>{owner}</dd>
        <dt>Level</dt>
        <dd>
          {PLACE_WORDS[place]}, {DETAIL_WORDS[detail].name.toLowerCase()}
        </dd>
        <dt>Used for</dt>
        <dd>{usedFor}</dd>
        <dt>Not allowed</dt>
        <dd>{restrictions || "Nothing is stated"}</dd>
        <dt>Reviewed</dt>
        <dd>{dayInWords(reviewedOn)}</dd>
        <dt>Drawn on by</dt>
        <dd>{drawing.length > 0 ? listInWords(drawing) : "No agreement"}</dd>
      </dl>
      <div className={`${styles["acts"]} no-print`}>{acts}</div>
    </>
  );
}
