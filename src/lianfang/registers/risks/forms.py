"""The forms of the room: negative items, searches, risk points, raters, scores, reconciliation and proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from lianfang.foundation.organisation.queries import grouped_by_unit
from lianfang.foundation.web.choices import offer
from lianfang.foundation.web.row_form import RowForm, Section
from lianfang.kernel.errors import Invalid
from lianfang.registers.risks.actions.gradings import Agreed, Proposal
from lianfang.registers.risks.actions.scores import Given
from lianfang.registers.risks.anchors import ANCHORS, QUESTIONS
from lianfang.registers.risks.grading import SCORES
from lianfang.registers.risks.models import Negative, Risk, Search
from lianfang.registers.risks.queries.raters import Candidate
from lianfang.registers.risks.rows import RaterCapacity, RiskDimension, RiskRow, ScoreRow, Tier, dimensions_at
from lianfang.registers.risks.sheets import NEGATIVES, RISKS, SEARCHES

SCALES = tuple(ANCHORS)


_CHOSEN = {
    "unit": ("单位", ""),
    "post": ("岗位", "岗位级必选，须是上面单位的岗位。"),
    "power": ("职权", "与哪一项职权有关；没有的留空。"),
}


class TieredForm(RowForm):
    """A form whose entry lies on one of the three levels; lists may leave the level out, people may not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for level and unit."""
        super().__init__(*args, **kwargs)
        for name, message in (("tier", "请选择层级。"), ("unit", "请选择单位。")):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = message
        # A workbook holds numbers; on a page one chooses by name.
        for name, (label, hint) in _CHOSEN.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, hint

    def clean(self) -> dict[str, Any]:
        """Each level looks in its own places (S24–S26)."""
        answers = self.cleaned_data
        tier, dimension = answers.get("tier"), answers.get("dimension")
        if isinstance(tier, Tier) and isinstance(dimension, RiskDimension) and dimension not in dimensions_at(tier):
            names = "、".join(one.label for one in dimensions_at(tier))
            self.add_error("dimension", f"“{dimension.label}”不是{tier.label}级的查找方面，请从{names}中选择。")
        return answers


class RiskForm(TieredForm):
    """A risk point; number, state and grade are not the drafter's to type."""

    sheet = RISKS
    model = Risk
    steps_list = "steps-of-power"
    """Id of the list of steps that the template offers; what is not in it may still be written (S24)."""
    sections = (
        Section(
            "在哪里",
            ("tier", "unit", "post", "power", "step", "dimension"),
            "岗位级落到岗位；能对应到职权的，写明是行使程序里的哪一步，流程图会把它标在那一步旁边。",
        ),
        Section(
            "会出什么问题",
            ("statement", "manifestation", "causes", "misconduct", "finder"),
            "风险点写清谁、利用什么、做什么、图什么；表现形式写看得见、查得到的迹象；成因往下追问两层。",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the step be chosen from the procedure of the power."""
        super().__init__(*args, **kwargs)
        step = self.fields["step"]
        step.widget.attrs["list"] = self.steps_list
        step.help_text = "从职权的行使程序里选，写法和程序里的一样，流程图才标得到那一步；不在哪一步的留空。"


class NegativeForm(TieredForm):
    """One line of a negative list."""

    sheet = NEGATIVES
    model = Negative
    sections = (
        Section("哪张清单", ("tier", "unit", "post", "dimension", "major_head"), "单位级写明属于“三重一大”的哪一类。"),
        Section(
            "不得做什么",
            ("prohibited", "power", "duty"),
            "一条只写一个行为，从“不得”写起；必须对应一项职权或者一项职责。",
        ),
        Section("风险和措施", ("risk", "control", "finders"), "措施要能检查：谁、什么时候、留下什么凭据。"),
    )


class SearchForm(TieredForm):
    """The record of a search that was held."""

    sheet = SEARCHES
    model = Search
    sections = (
        Section("什么时候、谁来查", ("tier", "unit", "post", "held_on", "participants"), "部门级由全体人员参加。"),
        Section(
            "没有发现风险的方面", ("none_found", "signs"), "发现的写进负面清单和风险点；没有发现的写明理由并签字。"
        ),
    )

    def __init__(self, *args: Any, signature: str, **kwargs: Any) -> None:
        """``signature`` is how the person at the form signs; nobody signs for somebody else."""
        super().__init__(*args, **kwargs)
        self.signature = signature
        self.fields["signs"] = forms.BooleanField(
            required=False, label=f"签字：{signature}", help_text="勾选即以本人名义签字，对“未发现风险”的理由负责。"
        )

    @classmethod
    def field_names(cls) -> list[str]:
        """The columns of the sheet; a signature is no column to fill in, it is an act."""
        return [name for name in super().field_names() if name != "signs"]

    def to_row(self, base: Any) -> Any:
        """``base`` with the cleaned answers, signed or not."""
        answers = {**self.cleaned_data}
        return replace(base, signed_by=self.signature if answers.pop("signs") else "", **answers)


class RaterForm(forms.Form):
    """Who rates: one line a candidate, each with the capacities open to them."""

    def __init__(
        self, *args: Any, candidates: Sequence[Candidate], suggested: Mapping[str, RaterCapacity], **kwargs: Any
    ) -> None:
        """Offer every candidate; the suggestion is filled in."""
        super().__init__(*args, **kwargs)
        self.candidates, self.suggested = candidates, suggested
        for one in candidates:
            options = [(word.value, word.label) for word in RaterCapacity if word in one.capacities]
            chosen = suggested.get(one.person)
            self.fields[one.person] = forms.ChoiceField(
                choices=[("", "—"), *options],
                required=False,
                label=one.name,
                initial=chosen.value if chosen else "",
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def groups(self) -> list[tuple[str, list[tuple[Candidate, forms.BoundField]]]]:
        """Candidates with their fields: those whom the system suggests, then everybody by unit, the own unit first."""
        groups: dict[str, list[tuple[Candidate, forms.BoundField]]] = {"系统建议": []}
        for one in self.candidates:
            heading = "系统建议" if one.person in self.suggested else one.unit_name
            if one.capacities:
                groups.setdefault(heading, []).append((one, self[one.person]))
        return [(heading, lines) for heading, lines in groups.items() if lines]

    def raters(self) -> dict[str, RaterCapacity]:
        """``person → capacity`` of those chosen; call after ``is_valid``."""
        return {person: RaterCapacity(value) for person, value in self.cleaned_data.items() if value}


class ScoreForm(forms.Form):
    """Three scores with their evidence; each score says what it means."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """One radio list and one text for each scale."""
        super().__init__(*args, **kwargs)
        for scale, anchors in ANCHORS.items():
            heading = ScoreRow.headings[scale]
            self.fields[scale] = forms.TypedChoiceField(
                coerce=int,
                choices=[(score, f"{score} 分　{anchors[score - 1]}") for score in SCORES],
                widget=forms.RadioSelect,
                label=QUESTIONS[scale],
                error_messages={"required": f"请给“{heading}”打分。", "invalid_choice": "请从 1 至 5 分中选择。"},
            )
            self.fields[f"{scale}_note"] = forms.CharField(
                label=f"{heading}的依据",
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="写一条能够核对的事实。",
                error_messages={"required": f"请写明“{heading}”的依据。"},
            )

    def scales(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Heading, score and evidence of each scale, for the template."""
        return [(ScoreRow.headings[scale], self[scale], self[f"{scale}_note"]) for scale in SCALES]

    def given(self) -> Given:
        """What was scored; call after ``is_valid``."""
        return Given(**self.cleaned_data)

    def marked(self, fault: Invalid) -> Invalid:
        """Put every sentence of a refusal at the evidence that it names; what is left to say above the form."""
        told = fault.details or (f"{fault.message}{fault.remedy}",)
        at = {scale: said for said in told for scale in SCALES if _names(said, ScoreRow.headings[scale])}
        if len(at) < len(told):
            return fault
        for scale, said in at.items():
            self.add_error(f"{scale}_note", said)
        return Invalid(f"有 {len(at)} 项评分没有写出可以核对的事实或者依据。", "请照每一项下面写的改好，再密封。")


def _names(said: str, heading: str) -> bool:
    return said.startswith(f"{heading}：") or f"“{heading}”" in said


class ReconcileForm(forms.Form):
    """What the raters agreed on, and the written record."""

    record = forms.CharField(
        label="会商记录",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明参加人、分歧在哪里、各自的理由、为什么取这个分值。",
        error_messages={"required": "请写会商记录。"},
    )

    def __init__(self, *args: Any, scores: Mapping[str, Sequence[int]], **kwargs: Any) -> None:
        """Offer, of the scales on which the raters lie apart, what lies between their lowest and highest score."""
        super().__init__(*args, **kwargs)
        for scale, given in scores.items():
            options = [("", "—"), *((score, f"{score} 分") for score in range(min(given), max(given) + 1))]
            self.fields[scale] = forms.TypedChoiceField(
                coerce=int,
                choices=options,
                label=RiskRow.headings[scale],
                help_text=f"评分人给出：{'、'.join(map(str, given))}",
                error_messages={"required": "请选定会商一致的分值。"},
            )
        self.order_fields([*scores, "record"])

    def agreed(self) -> Agreed:
        """What was settled; call after ``is_valid``."""
        return Agreed(**self.cleaned_data)


class ProposalForm(forms.Form):
    """What the coordinator adds to the scores before the grade goes to its approver."""

    reason = forms.CharField(
        label="定级依据",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="概括三项评分的主要理由和适用的底线规则。",
        error_messages={"required": "请写定级依据。"},
    )
    card_or_clue = forms.BooleanField(label="24 个月内该岗位有警示卡或经核实的线索（底线 F3）", required=False)
    incompatible = forms.BooleanField(label="存在未解决的不相容职务（底线 F4）", required=False)
    exemption = forms.CharField(
        label="重点领域豁免理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="只有局党组决定不适用底线 F5 时填写，写明为什么；会议纪要编号由书记审定时填写，无论等级高低。",
    )
    lowering_evidence = forms.CharField(
        label="降级证据",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="等级低于上一次审定时必填：写明本风险点措施的检验编号，结论须为有效。",
    )

    def proposal(self) -> Proposal:
        """What was proposed; call after ``is_valid``."""
        return Proposal(**self.cleaned_data)


class MergeForm(forms.Form):
    """Into which risk point, and why."""

    into = forms.ChoiceField(label="并入", error_messages={"required": "请选择并入哪一个风险点。"})
    note = forms.CharField(
        label="理由", widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "请写明合并的理由。"}
    )

    def __init__(self, *args: Any, targets: Sequence[RiskRow], **kwargs: Any) -> None:
        """Offer the risk points of the same unit."""
        super().__init__(*args, **kwargs)
        offer(self, "into", ((row.number, f"{row.number} {row.statement[:40]}") for row in targets), none="—")


class ReplaceForm(forms.Form):
    """Who takes the seat of a rater that will not score."""

    leaving = forms.ChoiceField(label="更换谁")
    person = forms.ChoiceField(label="由谁评分")
    note = forms.CharField(label="原因", error_messages={"required": "请写明更换的原因。"})

    def __init__(
        self, *args: Any, leaving: Sequence[tuple[str, str]], candidates: Sequence[Candidate], **kwargs: Any
    ) -> None:
        """Offer empty seats and people who may sit, each with a capacity."""
        super().__init__(*args, **kwargs)
        offered = [
            (one.unit_name, f"{one.person}|{word.value}", f"{one.name}（{one.post_name}，{word.label}）")
            for one in candidates
            for word in RaterCapacity
            if word in one.capacities
        ]
        offer(self, "leaving", leaving, none="—")
        offer(self, "person", grouped_by_unit(offered), none="—")

    def chosen(self) -> tuple[str, RaterCapacity]:
        """Person and capacity; call after ``is_valid``."""
        person, _, capacity = self.cleaned_data["person"].rpartition("|")
        return person, RaterCapacity(capacity)
