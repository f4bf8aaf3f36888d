"""Temporary."""
import re, unicodedata
from dataclasses import dataclass
@dataclass(frozen=True)
class PlanTerm:
    plan:str; term:int; first_year:int; last_year:int
def find_plan_terms(text):
    t="".join(unicodedata.normalize('NFKC',text).split())
    out=[]
    for m in re.finditer(r"第([0-9]+)期[^第]{0,6}?(障.{1,2}(児)?福祉計画)",t):
        n=int(m[1]); child=m[3] is not None
        d=n+4 if child else n
        out.append(PlanTerm('child_disability_welfare' if child else 'disability_welfare',n,2021+3*(d-6),2023+3*(d-6)))
    return tuple(out)
def term_years(plan,term):
    d=term+4 if plan.startswith('child') else term
    return (2021+3*(d-6),2023+3*(d-6))
