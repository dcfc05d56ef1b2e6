"use client";
/**
 * The list of members, and one form to invite somebody. Ending a membership asks once more; a lost phone is shut out
 * from here, too.
 */
import { Button, Modal } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { mayGrant, ROLE_LABELS, type Role } from "../../../server/domain/access";
import type { Member } from "../../../server/members";
import { Avatar } from "../../_ui/avatar";
import form from "../../_ui/form.module.css";
import { Icon } from "../../_ui/icon";
import { PageTitle } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { EndMembership } from "./end-membership";
import { Invite } from "./invite";
import { LostPhone } from "./lost-phone";

interface TeamProps {
  members: readonly Member[];
  services: readonly { id: string; name: string }[];
  ownId: string;
  ownRoles: readonly Role[];
  organisationName: string;
}

export function Team({ members, services, ownId, ownRoles, organisationName }: TeamProps) {
  const router = useRouter();
  const [inviting, setInviting] = useState(false);
  const [ending, setEnding] = useState<Member | null>(null);
  const [losing, setLosing] = useState<Member | null>(null);
  const [done, setDone] = useState<string | null>(null);

  const finish = (words: string) => {
    setInviting(false);
    setEnding(null);
    setLosing(null);
    setDone(words);
    router.refresh();
  };
  return (
    <>
      <PageTitle
        title="Team"
        action={
          !inviting && (
            <Button
              leftSection={<Icon name="add" size={18} />}
              onClick={() => {
                setDone(null);
                setInviting(true);
              }}
            >
              Invite somebody
            </Button>
          )
        }
      >
        Who works for {organisationName}, and what they may do.
      </PageTitle>
      <div role="status">{done && <p className={form["good"]}>{done}</p>}</div>
      {inviting && (
        <Invite services={services} ownRoles={ownRoles} onDone={finish} onCancel={() => setInviting(false)} />
      )}
      <ul className={rows["rows"]} style={{ marginTop: 12 }}>
        {members.map((member) => (
          <li key={member.id} className={rows["line"]}>
            <Avatar name={member.name} />
            <span className={rows["words"]}>
              <strong>{member.name}</strong>
              <span>
                {[member.roles.map((role) => ROLE_LABELS[role]).join(", "), member.serviceName, member.email]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            {member.state === "invited" && <Tag tone="wait">Invited</Tag>}
            {member.state === "ended" && <Tag>Left</Tag>}
            <span className={rows["acts"]}>
              {member.state === "active" && member.id !== ownId && mayGrant(ownRoles, member.roles) && (
                <Button
                  variant="subtle"
                  size="sm"
                  aria-label={`${member.name} lost their phone`}
                  onClick={() => {
                    setDone(null);
                    setLosing(member);
                  }}
                >
                  Lost phone
                </Button>
              )}
              {member.state !== "ended" && member.id !== ownId && mayGrant(ownRoles, member.roles) && (
                <Button
                  variant="subtle"
                  size="sm"
                  aria-label={`End the membership of ${member.name}`}
                  onClick={() => setEnding(member)}
                >
                  End
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <Modal
        opened={losing !== null}
        onClose={() => setLosing(null)}
        title={`${losing?.name ?? ""} lost their phone`}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {losing && <LostPhone member={losing} onDone={finish} />}
      </Modal>
      <Modal
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title={`End ${ending?.name ?? ""}’s membership?`}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {ending && <EndMembership member={ending} onDone={finish} onCancel={() => setEnding(null)} />}
      </Modal>
    </>
  );
}
