"""What each score from 1 to 5 means on each scale, in the words shown beside the inputs (domain.md §3)."""

from __future__ import annotations

ANCHORS: dict[str, tuple[str, str, str, str, str]] = {
    "importance": (
        "事务性办理，对外不产生影响",
        "只影响内部，办错了容易改回",
        "影响办事群众或企业，但有明确标准可循",
        "明显影响权利或资金，或者裁量空间大",
        "最终决定许可、处罚、资金或人事，或者属于“三重一大”",
    ),
    "probability": (
        "全程按规则走，有留痕、两人办理，没有听说过案例",
        "裁量很小，本地五年内没有案例",
        "有一定裁量或单人办理环节，兄弟单位出过案例",
        "留痕不全、与服务对象私下接触多，两年内有投诉或审计意见",
        "两年内本岗位有警示卡、线索或反复查出同类问题",
    ),
    "harm": (
        "作风上的小毛病，当场可以纠正",
        "提醒谈话可以解决，损失可以忽略",
        "轻微违纪，属于第一种形态，会引起当地投诉",
        "可能受党纪政务处分，损失较大或者群众反复投诉",
        "涉嫌犯罪，或者造成重大环境、公共安全后果",
    ),
}
"""Scale → the meaning of 1, 2, 3, 4 and 5."""

QUESTIONS = {
    "importance": "这项权力有多重要？",
    "probability": "未来十二个月发生的可能性有多大？",
    "harm": "一旦发生，危害有多大？",
}
"""What the rater is asked on each scale; the probability is judged by evidence, not by feeling."""
